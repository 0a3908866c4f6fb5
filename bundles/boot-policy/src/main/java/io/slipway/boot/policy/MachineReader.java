package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one machine. */
final class MachineReader {

    private static final Set<String> KEYS = Set.of(
            "mac", "macs", "uuid", "clientId", "circuitId", "labels", "address", "addresses", "options", "leaseTime");

    private final OptionCheck options;
    private final YamlMapping machine;
    private final Machine.Builder builder;
    private final Map<Object, YamlValue> claims = new LinkedHashMap<>();

    private MachineReader(String name, YamlMapping machine, OptionCheck options) {
        this.machine = machine;
        this.options = options;
        this.builder = Machine.builder(name);
    }

    /** @param into takes the machine, unless another has something of it already */
    static void read(String name, YamlMapping.Entry entry, OptionCheck options, FileMachines.Builder into)
            throws PolicyException {
        YamlMapping mapping = entry.value().mapping("a machine's keys", KEYS);
        MachineReader reader = new MachineReader(name, mapping, options);
        reader.claims.put(name, entry.key());
        reader.read();
        Machine machine = reader.builder.build();
        if (machine.identities().isEmpty()) {
            throw entry.key()
                    .refuse("machine '" + name
                            + "' has nothing to be told by; give a mac, uuid, clientId or circuitId");
        }
        into.add(new PlacedMachine(machine, entry.key().place()), reader.claims);
    }

    private void read() throws PolicyException {
        identities("mac", MachineValues::mac);
        if (machine.find("mac").isPresent()) {
            machine.forbid(List.of("macs"), "makes no sense with 'mac', which may be a list");
        }
        identities("macs", MachineValues::mac);
        identities("uuid", MachineValues::uuid);
        identities("clientId", MachineValues::clientId);
        identities("circuitId", MachineValues::circuitId);
        if (machine.find("address").isPresent()) {
            machine.forbid(List.of("addresses"), "makes no sense with 'address', which may be a list");
        }
        for (String key : List.of("address", "addresses")) {
            for (YamlValue item : items(key)) {
                builder.address(claim(item, value("an IPv4 address", item, MachineValues::address)));
            }
        }
        labels();
        options();
        Optional<YamlValue> leaseTime = machine.find("leaseTime");
        if (leaseTime.isPresent()) {
            builder.leaseTime(value("a time such as 12h", leaseTime.get(), MachineValues::leaseTime));
        }
    }

    private void identities(String key, Function<String, ? extends MachineIdentity> parser) throws PolicyException {
        for (YamlValue item : items(key)) {
            builder.identity(claim(item, value("a " + key, item, parser)));
        }
    }

    private List<YamlValue> items(String key) {
        return machine.find(key).map(YamlValue::items).orElse(List.of());
    }

    private <T> T claim(YamlValue at, T claim) throws PolicyException {
        if (claims.put(claim, at) != null) {
            throw at.refuse(Claims.describe(claim) + " is here twice");
        }
        return claim;
    }

    private void labels() throws PolicyException {
        for (Map.Entry<String, YamlMapping.Entry> entry : entries("labels", "labels such as { rack: r12 }")) {
            value("a label's name", entry.getValue().key(), MachineValues::label);
            String value = value("a label's value", entry.getValue().value(), text -> {
                return MachineValues.labelValue(entry.getKey(), text);
            });
            builder.label(entry.getKey(), value);
        }
    }

    private void options() throws PolicyException {
        for (Map.Entry<String, YamlMapping.Entry> entry :
                entries("options", "DHCP options such as { host-name: web-1 }")) {
            YamlValue at = entry.getValue().value();
            String value = String.join(", ", at.texts("a value of option '" + entry.getKey() + "'"));
            Optional<String> fault = options.fault(entry.getKey(), value);
            if (fault.isPresent()) {
                throw entry.getValue().key().refuse(fault.get());
            }
            builder.dhcpOption(entry.getKey(), value);
        }
    }

    private Iterable<Map.Entry<String, YamlMapping.Entry>> entries(String key, String what) throws PolicyException {
        Optional<YamlValue> value = machine.find(key);
        return value.isPresent() ? value.get().mapping(what).entries().entrySet() : List.of();
    }

    private static <T> T value(String what, YamlValue at, Function<String, T> parser) throws PolicyException {
        String text = at.text(what);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw at.refuse(e.getMessage());
        }
    }
}
