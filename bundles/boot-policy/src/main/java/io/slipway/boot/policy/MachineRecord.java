package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine in the state store, under {@code machine/NAME}: UTF-8 text, one fact a line, the version of the form first.
 *
 * <pre>
 * machine 1
 * mac 52:54:00:12:34:56
 * address 10.0.0.7
 * label rack=r12
 * option host-name=web-1
 * lease-time 43200
 * </pre>
 */
final class MachineRecord {

    static final Key PREFIX = new Key("machine");

    private static final String VERSION = "machine 1";

    private MachineRecord() {}

    static Key key(String name) {
        return PREFIX.child(name);
    }

    static byte[] encode(Machine machine) {
        List<String> lines = new ArrayList<>();
        machine.identities().stream().map(MachineRecord::line).sorted().forEach(lines::add);
        // In their order: the first that lies in a subnet where the machine asks is the one it is given.
        for (InetAddress address : machine.addresses()) {
            lines.add("address " + address.getHostAddress());
        }
        lines.addAll(pairs("label", machine.labels()));
        lines.addAll(pairs("option", machine.dhcpOptions()));
        machine.leaseTime().ifPresent(time -> lines.add("lease-time " + time.toSeconds()));
        return (VERSION + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String line(MachineIdentity identity) {
        if (identity instanceof MachineIdentity.Mac mac) {
            return "mac " + mac.address();
        }
        if (identity instanceof MachineIdentity.Uuid uuid) {
            return "uuid " + uuid.uuid();
        }
        return identity instanceof MachineIdentity.ClientId id
                ? "client-id 0x" + id.hex()
                : "circuit-id 0x" + ((MachineIdentity.CircuitId) identity).hex();
    }

    private static List<String> pairs(String word, Map<String, String> pairs) {
        return new TreeMap<>(pairs)
                .entrySet().stream()
                        .map(pair -> word + " " + pair.getKey() + "=" + pair.getValue())
                        .toList();
    }

    /** @throws IllegalArgumentException it is not such a record; the message says why */
    static Machine decode(Entry entry) {
        return decode(entry.key(), entry.bytes());
    }

    static Machine decode(Key key, byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
        if (!lines[0].equals(VERSION)) {
            throw new IllegalArgumentException("it begins with '" + YamlComplaint.shorten(lines[0]) + "' and not with '"
                    + VERSION + "': another version of Slipway wrote it");
        }
        Machine.Builder builder = Machine.builder(MachineValues.name(key.name()));
        for (int i = 1; i < lines.length; i++) {
            int blank = lines[i].indexOf(' ');
            String word = lines[i].substring(0, Math.max(0, blank));
            read(word, lines[i].substring(blank + 1), builder);
        }
        return builder.build();
    }

    private static void read(String word, String value, Machine.Builder builder) {
        switch (word) {
            case "mac" -> builder.identity(MachineValues.mac(value));
            case "uuid" -> builder.identity(MachineValues.uuid(value));
            case "client-id" -> builder.identity(MachineValues.clientId(value));
            case "circuit-id" -> builder.identity(MachineValues.circuitId(value));
            case "address" -> builder.address(MachineValues.address(value));
            case "label" -> builder.label(before(value), after(value));
            case "option" -> builder.dhcpOption(before(value), after(value));
            case "lease-time" -> builder.leaseTime(MachineValues.leaseTime(value));
            default ->
                throw new IllegalArgumentException("unknown line '" + YamlComplaint.shorten(word + " " + value)
                        + "': another version of Slipway wrote it");
        }
    }

    private static String before(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + YamlComplaint.shorten(pair) + "' is no pair of name=value");
        }
        return pair.substring(0, equals);
    }

    private static String after(String pair) {
        return pair.substring(pair.indexOf('=') + 1);
    }
}
