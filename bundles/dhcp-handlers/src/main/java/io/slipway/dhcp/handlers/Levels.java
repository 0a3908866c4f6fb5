package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What holds for one client in one subnet: machine over group over subnet over global. */
@Component(service = Levels.class)
public final class Levels {

    private final Supplier<Networks> networks;
    private final Requesters requesters;
    private final Groups groups;

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
        groups.of(exchange, machine).forEach(group -> levels.add(group.level()));
        levels.add(subnet.level());
        levels.add(networks.get().global());
        return levels;
    }

    /** The lease times of a client. */
    LeaseTimes leaseTimes(DhcpExchange exchange, Subnet subnet) {
        return of(exchange, subnet).stream().map(Level::leaseTimes).reduce(LeaseTimes.UNSET, LeaseTimes::orElse);
    }

    private static Level level(Machine machine) {
        return machine.leaseTime()
                .map(time -> new Level(LeaseTimes.of(time), ConfiguredOptions.NONE))
                .orElse(Level.EMPTY);
    }
}
