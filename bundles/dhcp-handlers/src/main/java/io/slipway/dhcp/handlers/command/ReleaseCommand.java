package io.slipway.dhcp.handlers.command;

import io.slipway.boot.Machines;
import io.slipway.boot.Transfers;
import io.slipway.dhcp.handlers.Lease;
import io.slipway.dhcp.handlers.Leases;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code dhcp:release ADDRESS|MAC|MACHINE [--force]}: ends a lease. */
@Service
@Command(
        scope = "dhcp",
        name = "release",
        description =
                "Ends the lease of an address or a machine, so that others may get the address. The machine is not told"
                        + " and gets the address again if it renews before somebody else has it")
public final class ReleaseCommand implements Action {

    @Argument(
            name = "ADDRESS|MAC|MACHINE",
            description = "192.0.2.100, 52:54:00:12:34:56, or the name of a machine",
            required = true)
    @Completion(LeaseCompleter.class)
    String who;

    @Argument(index = 1, name = "FLAGS", description = "--force, if it does not stand before", multiValued = true)
    List<String> late = new ArrayList<>();

    @Option(name = "--force", description = "Though a transfer to it is running")
    boolean force;

    @Reference
    Leases leases;

    /** Null while nobody knows of machines. */
    @Reference(optional = true)
    Machines machines;

    /** Null while nobody sends files. */
    @Reference(optional = true)
    Transfers transfers;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, InterruptedException {
        List<String> others = LateFlags.read(late, Map.of(), Map.of("--force", () -> force = true));
        if (!others.isEmpty()) {
            throw new CommandException("'" + others.get(0) + "'; expected nothing but --force there");
        }
        List<Lease> live = new LeaseLookup(leases, Optional.ofNullable(machines))
                .find(who).stream()
                        .filter(lease -> !LeaseText.hasEnded(leases.remaining(lease)))
                        .toList();
        if (live.isEmpty()) {
            throw new CommandException(who + " has no lease now; dhcp:leases shows those that there are");
        }
        for (Lease lease : live) {
            requireEndable(lease);
        }
        for (Lease lease : live) {
            release(lease);
        }
        return null;
    }

    private void requireEndable(Lease lease) throws CommandException {
        String address = lease.address().getHostAddress();
        if (lease.state() == Lease.State.OFFERED) {
            throw new CommandException(address + " is only offered to " + lease.mac() + ", which ends by itself "
                    + LeaseText.relative(leases.remaining(lease)));
        }
        List<String> running = running(lease);
        if (!running.isEmpty() && !force) {
            throw new CommandException(
                    address + " has a transfer running: " + running.get(0) + ". Wait until it ends, or use --force");
        }
    }

    private List<String> running(Lease lease) {
        return new RunningTransfers(Optional.ofNullable(transfers)).of(lease.address());
    }

    private void release(Lease lease) throws CommandException, InterruptedException {
        Duration remaining = leases.remaining(lease);
        Optional<Lease> ended = Durable.change(() -> leases.desk()
                .end(lease.address())
                .<CompletionStage<Optional<Lease>>>map(stage -> stage.thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
        String address = lease.address().getHostAddress();
        if (ended.isEmpty()) {
            out.println(address + " has just become free by itself");
            return;
        }
        out.println(address + " is free now: " + LeaseText.state(ended.get(), remaining)
                + (ended.get().state() == Lease.State.DECLINED ? " by " : " to ")
                + ended.get().mac()
                + LeaseText.machine(ended.get(), Optional.ofNullable(machines))
                        .map(machine -> " (machine " + machine.name() + ")")
                        .orElse("")
                + " it was for " + LeaseText.span(remaining) + " more");
        if (!running(lease).isEmpty()) {
            out.println("its transfer goes on, and nobody else gets the address until that has ended");
        }
    }
}
