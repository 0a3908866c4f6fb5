package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.OptionSetting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds for one client in one subnet: machine over group over subnet over global. */
@Component(service = Levels.class)
public final class Levels {

    private static final Logger LOG = LoggerFactory.getLogger(Levels.class);

    private final Supplier<Networks> networks;
    private final Requesters requesters;
    private final Groups groups;

    /** The options of machines, read once; a machine that changes is another one. */
    private final Map<Machine, Level> machineLevels = Collections.synchronizedMap(new WeakHashMap<>());

    @Activate
    public Levels(@Reference NetworkFiles files, @Reference Requesters requesters, @Reference Groups groups) {
        this(files::networks, requesters, groups);
    }

    Levels(Supplier<Networks> networks, Requesters requesters, Groups groups) {
        this.networks = networks;
        this.requesters = requesters;
        this.groups = groups;
    }

    /** The levels that have a say, the nearest to the client first. */
    List<Level> of(DhcpExchange exchange, Subnet subnet) {
        Optional<Machine> machine = requesters.machine(exchange);
        List<Level> levels = new ArrayList<>(4);
        machine.ifPresent(known -> levels.add(level(known)));
        for (Group group : groups.of(exchange, machine)) {
            levels.add(group.level());
        }
        levels.add(subnet.level());
        levels.add(networks.get().global());
        return levels;
    }

    /** The lease times of a client. */
    LeaseTimes leaseTimes(DhcpExchange exchange, Subnet subnet) {
        LeaseTimes times = LeaseTimes.UNSET;
        for (Level level : of(exchange, subnet)) {
            times = times.orElse(level.leaseTimes());
        }
        return times;
    }

    private Level level(Machine machine) {
        boolean isSilent =
                machine.dhcpOptions().isEmpty() && machine.leaseTime().isEmpty();
        return isSilent ? Level.EMPTY : machineLevels.computeIfAbsent(machine, Levels::read);
    }

    private static Level read(Machine machine) {
        Map<Integer, byte[]> values = new TreeMap<>();
        // in the order of keys, so that of two keys for one option always the same wins
        new TreeMap<>(machine.dhcpOptions()).forEach((key, text) -> {
            try {
                OptionSetting setting = OptionSetting.parse(key, text);
                values.putIfAbsent(setting.code(), setting.value());
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "machine {}: its option {} = '{}' is not told; expected {}. Mend it where the machine is defined",
                        machine.name(),
                        key,
                        text,
                        e.getMessage());
            }
        });
        LeaseTimes times = machine.leaseTime().map(LeaseTimes::of).orElse(LeaseTimes.UNSET);
        return new Level(times, new ConfiguredOptions(values, Set.of()));
    }
}
