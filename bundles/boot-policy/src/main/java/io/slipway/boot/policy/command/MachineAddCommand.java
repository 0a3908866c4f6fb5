package io.slipway.boot.policy.command;

import io.slipway.boot.Machine;
import io.slipway.boot.policy.KnownMachine;
import io.slipway.boot.policy.KnownMachines;
import io.slipway.boot.policy.MachineValues;
import java.io.PrintStream;
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

/** {@code machine:add NAME --mac … [--uuid …] [--address …] [--label …] [--option …]}. */
@Service
@Command(
        scope = "machine",
        name = "add",
        description = "Adds a machine to the state store; it is served at once. At least one of --mac, --uuid,"
                + " --client-id and --circuit-id tells it from others; every flag but --lease-time may be repeated")
public final class MachineAddCommand implements Action {

    @Argument(name = "NAME", description = "Letters, digits and . _ -, unique among machines", required = true)
    String name;

    @Argument(
            index = 1,
            name = "FLAGS",
            description = "The flags below, if they do not stand before",
            multiValued = true)
    List<String> late = new ArrayList<>();

    @Option(name = "--mac", description = "The MAC address of one of its interfaces", multiValued = true)
    List<String> macs = new ArrayList<>();

    @Option(name = "--uuid", description = "Its UUID, as the firmware says it (option 97)", multiValued = true)
    List<String> uuids = new ArrayList<>();

    @Option(
            name = "--client-id",
            description = "Its DHCP client identifier (option 61), such as 01:52:54:00:12:34:56, or a text",
            multiValued = true)
    List<String> clientIds = new ArrayList<>();

    @Option(
            name = "--circuit-id",
            description =
                    "The switch port it is plugged into, as the relay says it (option 82.1), a text or 00:04:00:0a",
            multiValued = true)
    List<String> circuitIds = new ArrayList<>();

    @Option(name = "--address", description = "An address that is reserved for it", multiValued = true)
    List<String> addresses = new ArrayList<>();

    @Option(name = "--label", description = "What groups select on, such as rack=r12", multiValued = true)
    List<String> labels = new ArrayList<>();

    @Option(name = "--option", description = "A DHCP option for it alone, such as host-name=web-1", multiValued = true)
    @Completion(OptionNameCompleter.class)
    List<String> options = new ArrayList<>();

    @Option(name = "--lease-time", description = "Its longest lease, such as 12h")
    String leaseTime;

    @Reference
    KnownMachines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException, InterruptedException {
        LateFlags.read(
                late,
                Map.of(
                        "--mac", macs::add,
                        "--uuid", uuids::add,
                        "--client-id", clientIds::add,
                        "--circuit-id", circuitIds::add,
                        "--address", addresses::add,
                        "--label", labels::add,
                        "--option", options::add,
                        "--lease-time", time -> leaseTime = time));
        Optional<KnownMachine> there = machines.entry(name);
        if (there.isPresent()) {
            throw new CommandException("machine '" + name + "' is there already ("
                    + there.get().origin()
                    + "); machine:show " + name + " shows it, machine:label changes its labels, machine:remove takes it"
                    + " away");
        }
        Machine machine = machine();
        Durable.change(() -> machines.put(machine));
        out.println("machine " + name + " is added");
        return null;
    }

    private Machine machine() throws CommandException {
        try {
            Machine.Builder builder = Machine.builder(name);
            macs.forEach(text -> builder.identity(MachineValues.mac(text)));
            uuids.forEach(text -> builder.identity(MachineValues.uuid(text)));
            clientIds.forEach(text -> builder.identity(MachineValues.clientId(text)));
            circuitIds.forEach(text -> builder.identity(MachineValues.circuitId(text)));
            addresses.forEach(text -> builder.address(MachineValues.address(text)));
            for (String text : labels) {
                Pair label = Pair.parse("--label", text);
                builder.label(label.name(), label.value());
            }
            for (String text : options) {
                Pair option = Pair.parse("--option", text);
                builder.dhcpOption(option.name(), option.value());
            }
            Optional.ofNullable(leaseTime).map(MachineValues::leaseTime).ifPresent(builder::leaseTime);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
