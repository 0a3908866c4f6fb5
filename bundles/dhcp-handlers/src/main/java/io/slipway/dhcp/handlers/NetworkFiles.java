package io.slipway.dhcp.handlers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The networks that are configured, as a whole: subnets must fit each other, and a file that is refused must not take
 * away what it configured before. So they are no components, which would go when their file is refused.
 */
@Component(service = {NetworkFiles.class, ConfigurationListener.class})
public final class NetworkFiles implements ConfigurationListener {

    private final ConfigurationAdmin admin;
    private final NetworkSettings settings = new NetworkSettings();
    private volatile Networks networks = Networks.NONE;

    /** Reads at once, so that no request finds half a configuration after a start. */
    @Activate
    public NetworkFiles(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
        read();
    }

    /** What serves now. */
    Networks networks() {
        return networks;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String kind = event.getFactoryPid() == null ? event.getPid() : event.getFactoryPid();
        if (NetworkSettings.KINDS.contains(kind)) {
            read();
        }
    }

    private synchronized void read() {
        List<ConfigFile> files = new ArrayList<>();
        for (String kind : NetworkSettings.KINDS) {
            for (Configuration found : configurations(kind)) {
                if (found.getProperties() != null) {
                    files.add(ConfigFile.of(kind, found.getProperties()));
                }
            }
        }
        networks = settings.update(files);
    }

    private List<Configuration> configurations(String kind) {
        try {
            Configuration[] found =
                    admin.listConfigurations("(|(service.pid=" + kind + ")(service.factoryPid=" + kind + "))");
            return found == null ? List.of() : List.of(found);
        } catch (IOException e) {
            throw new UncheckedIOException("configurations of " + kind + " cannot be listed", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
