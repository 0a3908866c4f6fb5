package io.slipway.boot.policy.command;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import io.slipway.boot.policy.KnownMachines;
import io.slipway.boot.policy.PolicyFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** {@code boot:explain MAC [--arch NAME]}. */
@Service
@Command(
        scope = "boot",
        name = "explain",
        description = "Tells what a machine would boot now, with which loader, and why")
public final class ExplainCommand implements Action {

    @Argument(name = "MAC", description = "The machine's MAC address, such as 52:54:00:12:34:56", required = true)
    private String mac;

    @Argument(index = 1, name = "FLAGS", description = "--arch, if it does not stand before", multiValued = true)
    private List<String> late = new ArrayList<>();

    @Option(name = "--arch", description = "Its firmware, such as uefi-x64; default: what it last said, or bios-x86")
    @Completion(ArchitectureCompleter.class)
    private String arch;

    @Reference
    private BootPlanner planner;

    @Reference
    private BootClients clients;

    @Reference
    private PolicyFolder folder;

    @Reference
    private KnownMachines machines;

    @Override
    public Object execute() throws CommandException {
        LateFlags.read(late, Map.of("--arch", name -> arch = name));
        MacAddress address = address(mac);
        Optional<FirmwareArchitecture> firmware = architecture(Optional.ofNullable(arch));
        Optional<BootClient> known = clients.find(address);
        BootClient.Builder builder = known.map(BootClient::toBuilder).orElseGet(() -> BootClient.builder(address));
        firmware.ifPresent(builder::architecture);
        BootClient client = builder.build();
        new PlanReport(System.out)
                .print(client, known.isPresent(), machines.entry(client), planner.plan(client), folder.status());
        return null;
    }

    static MacAddress address(String text) throws CommandException {
        try {
            return MacAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    static Optional<FirmwareArchitecture> architecture(Optional<String> name) throws CommandException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<FirmwareArchitecture> firmware = FirmwareArchitecture.named(name.get());
        if (firmware.isEmpty()) {
            throw new CommandException(
                    "--arch " + name.get() + "; expected one of " + String.join(", ", FirmwareArchitecture.names()));
        }
        return firmware;
    }
}
