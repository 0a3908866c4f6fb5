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
@Component(service = BootClients.class, immediate = true, configurationPid = "io.slipway.boot.clients")
@Designate(ocd = KnownBootClients.Config.class)
public final class KnownBootClients implements BootClients {

    /** How much to remember. */
    @ObjectClassDefinition(name = "Slipway boot clients", description = "The machines that are known")
    @interface Config {
        @AttributeDefinition(description = "The most machines that are remembered; the ones not seen longest go first")
        String maximumClients() default "16384";
    }

    /** @param maximumClients 1 or more */
    record Settings(int maximumClients) {
        Settings {
            if (maximumClients < 1) {
                throw refused(maximumClients);
            }
        }

        /** The container, which could make it a number as well, would not say which key has none. */
        static Settings of(String maximumClients) {
            try {
                return new Settings(Integer.parseInt(maximumClients.strip()));
            } catch (NumberFormatException e) {
                throw refused(maximumClients);
            }
        }

        private static IllegalArgumentException refused(Object value) {
            return new IllegalArgumentException("etc/io.slipway.boot.clients.cfg: maximumClients = " + value
                    + "; expected 1 to " + Integer.MAX_VALUE);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(KnownBootClients.class);

    private final ClientIndex index;
    private final ClientArchive archive;

    @Activate
    public KnownBootClients(Config config, @Reference StateStore store) {
        this(Settings.of(config.maximumClients()), store);
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
            if (how != Evidence.HOST_LEASE || ClientIndex.tells(known)) {
                archive.note(known.mac(), Optional.of(known));
            }
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
