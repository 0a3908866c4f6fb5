package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which groups a client is in. */
@Component(service = Groups.class)
public final class Groups {

    private final Supplier<Networks> networks;

    @Activate
    public Groups(@Reference NetworkFiles files) {
        this(files::networks);
    }

    Groups(Supplier<Networks> networks) {
        this.networks = networks;
    }

    /** The groups that the client of a request is in, by name: of two that say the same, the first is heard. */
    List<Group> of(DhcpExchange exchange, Optional<Machine> machine) {
        List<Group> all = networks.get().groups();
        if (all.isEmpty()) {
            return all;
        }
        return all.stream()
                .filter(group -> group.members().holds(exchange, machine))
                .toList();
    }
}
