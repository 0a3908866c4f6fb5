package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.dhcp.handlers.Chain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.support.CommandException;

/** Runs commands against a chain, as the shell does. */
final class Shell {

    private final Chain chain;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    Shell(Chain chain) {
        this.chain = chain;
    }

    String leases(Consumer<LeasesCommand> options) {
        return run(leasesCommand(options));
    }

    LeasesCommand leasesCommand(Consumer<LeasesCommand> options) {
        LeasesCommand command = new LeasesCommand();
        command.leases = chain.leases;
        command.plan = chain.plan();
        command.machines = chain.machines();
        command.out = out;
        options.accept(command);
        return command;
    }

    LeaseCommand leaseCommand(String who) {
        LeaseCommand command = new LeaseCommand();
        command.leases = chain.leases;
        command.plan = chain.plan();
        command.machines = chain.machines();
        command.transfers = chain.transfers();
        command.out = out;
        command.who = who;
        return command;
    }

    ReleaseCommand releaseCommand(String who, String... flags) {
        ReleaseCommand command = new ReleaseCommand();
        command.leases = chain.leases;
        command.machines = chain.machines();
        command.transfers = chain.transfers();
        command.out = out;
        command.who = who;
        command.late = new ArrayList<>(List.of(flags));
        return command;
    }

    ReserveCommand reserveCommand(String who, String... words) {
        ReserveCommand command = new ReserveCommand();
        command.leases = chain.leases;
        command.plan = chain.plan();
        command.machines = chain.machines();
        command.out = out;
        command.who = who;
        command.late = new ArrayList<>(List.of(words));
        return command;
    }

    String reserve(String who, String... words) {
        return run(reserveCommand(who, words));
    }

    String pools(String... subnet) {
        PoolsCommand command = new PoolsCommand();
        command.plan = chain.plan();
        command.machines = chain.machines();
        command.out = out;
        command.subnet = subnet.length == 0 ? null : subnet[0];
        return run(command);
    }

    /** What a command prints. */
    String run(Action command) {
        printed.reset();
        try {
            command.execute();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Why a command fails. */
    static String refusal(Action command) {
        return assertThrows(CommandException.class, command::execute).getMessage();
    }
}
