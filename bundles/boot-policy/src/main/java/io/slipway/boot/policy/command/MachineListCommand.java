package io.slipway.boot.policy.command;

import io.slipway.boot.policy.KnownMachine;
import io.slipway.boot.policy.KnownMachines;
import io.slipway.boot.policy.LabelPattern;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code machine:list [NAME] [--label NAME=VALUE] [--mac MAC] [--address ADDRESS] [--shadowed]}. */
@Service
@Command(
        scope = "machine",
        name = "list",
        description = "Shows the machines that files and commands define. In each filter * stands for any characters")
public final class MachineListCommand implements Action {

    @Argument(name = "NAME", description = "Only machines of this name, such as web-*")
    @Completion(MachineNameCompleter.class)
    String name;

    @Argument(
            index = 1,
            name = "FLAGS",
            description = "The filters below, if they do not stand before",
            multiValued = true)
    List<String> late = new ArrayList<>();

    @Option(name = "--label", description = "Only machines with this label, such as rack=r12", multiValued = true)
    List<String> labels = new ArrayList<>();

    @Option(name = "--mac", description = "Only machines with such a MAC address, for example 52:54:00:*")
    String mac;

    @Option(name = "--address", description = "Only machines with such a reserved address, for example 10.0.0.*")
    String address;

    @Option(name = "--shadowed", description = "Only machines that are not served, because others exclude them")
    boolean shadowed;

    @Reference
    KnownMachines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        LateFlags.read(
                late, Map.of("--label", labels::add, "--mac", text -> mac = text, "--address", text -> address = text));
        List<LabelPattern> wanted = new ArrayList<>();
        for (String label : labels) {
            Pair pair = Pair.parse("--label", label);
            wanted.add(LabelPattern.of(pair.name(), pair.value()));
        }
        List<KnownMachine> all = machines.entries();
        List<KnownMachine> shown = all.stream()
                .filter(known -> !shadowed || known.shadowed().isPresent())
                .filter(known -> matches(name, "name", List.of(known.machine().name())))
                .filter(known -> matches(mac, "mac", macs(known)))
                .filter(known -> matches(address, "address", addresses(known)))
                .filter(known -> wanted.stream().allMatch(label -> hasLabel(known, label)))
                .toList();
        if (shown.isEmpty()) {
            out.println(all.isEmpty() ? "No machines. Add one with machine:add, or in a file." : "No such machines.");
        } else {
            table(shown).print(out);
        }
        return null;
    }

    private static ShellTable table(List<KnownMachine> shown) {
        ShellTable table = new ShellTable();
        List.of("Machine", "MAC", "Reserved", "Labels", "Defined by", "Not served")
                .forEach(table::column);
        for (KnownMachine known : shown) {
            table.addRow()
                    .addContent(
                            known.machine().name(),
                            macs(known).stream().collect(Collectors.joining(", ")),
                            MachineText.addresses(known.machine()),
                            MachineText.labels(known.machine()),
                            known.origin(),
                            known.shadowed().orElse(""));
        }
        return table;
    }

    private static boolean matches(String pattern, String label, List<String> values) {
        return Optional.ofNullable(pattern)
                .map(text -> LabelPattern.of(label, text))
                .map(wanted -> values.stream()
                        .map(value -> LabelPattern.canonical(label, value))
                        .anyMatch(wanted::matches))
                .orElse(true);
    }

    private static boolean hasLabel(KnownMachine known, LabelPattern wanted) {
        return Optional.ofNullable(known.machine().labels().get(wanted.label()))
                .filter(wanted::matches)
                .isPresent();
    }

    private static List<String> macs(KnownMachine known) {
        return MachineText.macs(known.machine()).stream().map(Object::toString).toList();
    }

    private static List<String> addresses(KnownMachine known) {
        return known.machine().addresses().stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
