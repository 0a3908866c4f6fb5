package io.slipway.boot.clients;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.MacAddress;
import io.slipway.state.StateStore;
import java.net.InetAddress;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The boot clients of which a server learns, in memory, with a copy in the state store for the next start. */
@Component(service = BootClients.class, configurationPid = "io.slipway.boot.clients")
@Designate(ocd = KnownBootClients.Config.class)
public final class KnownBootClients implements BootClients {

    /** How much to remember. */
    @ObjectClassDefinition(name = "Slipway boot clients", description = "The machines that are known")
    @interface Config {
        @AttributeDefinition(description = "The most machines that are remembered; the ones not seen longest go first")
        int maximumClients() default 16384;
    }

    /** @param maximumClients 1 or more */
    record Settings(int maximumClients) {
        Settings {
            if (maximumClients < 1) {
                throw new IllegalArgumentException(
                        "io.slipway.boot.clients: maximumClients = " + maximumClients + "; expected 1 or more");
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(KnownBootClients.class);

    private final ClientIndex index;
    private final ClientArchive archive;

    @Activate
    public KnownBootClients(Config config, @Reference StateStore store) {
        this(new Settings(config.maximumClients()), store);
    }

    KnownBootClients(Settings settings, StateStore store) {
        index = new ClientIndex(settings.maximumClients());
        archive = new ClientArchive(store, 2 * Math.min(settings.maximumClients(), Integer.MAX_VALUE / 2));
        archive.restore().forEach(client -> client.address().ifPresent(address -> {
            Optional<MacAddress> forgotten = index.learn(client, address).forgotten();
            forgotten.ifPresent(mac -> archive.note(mac, Optional.empty()));
        }));
    }

    @Deactivate
    void close() {
        archive.close();
    }

    @Override
    public void learn(BootClient client, InetAddress address, Evidence how) {
        ClientIndex.Change change = index.learn(client, address);
        change.changed().ifPresent(known -> {
            LOG.debug("{} has {} on '{}' ({})", known.mac(), address.getHostAddress(), known.link(), how);
            archive.note(known.mac(), Optional.of(known));
        });
        change.forgotten().ifPresent(mac -> archive.note(mac, Optional.empty()));
    }

    @Override
    public Optional<BootClient> at(InetAddress address, String link) {
        return index.at(address, link);
    }

    @Override
    public Optional<BootClient> find(MacAddress mac) {
        return index.find(mac);
    }
}
