package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.image.ImageStore;
import io.slipway.state.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of YAML files in which administrators say what machines there are and what they boot. A change applies when
 * the files have been left alone for one poll; a change with an error is refused as a whole, and the last good
 * configuration keeps serving.
 */
@Component(service = PolicyFolder.class, configurationPid = "io.slipway.boot.policy", immediate = true)
@Designate(ocd = PolicyFolder.Config.class)
public final class PolicyFolder {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFolder.class);

    @ObjectClassDefinition(name = "Slipway boot policy", description = "Profiles and groups from YAML files.")
    @interface Config {
        @AttributeDefinition(description = "Folder of the *.yaml and *.yml files; empty: boot in the server's etc.")
        String folder() default "";

        @AttributeDefinition(description = "How often the folder is looked at, in milliseconds, 50 to 60000.")
        String pollMillis() default "300";
    }

    record Settings(Path folder, Duration poll) {

        private static final String POLL_RANGE = "50 to 60000";

        Settings {
            Objects.requireNonNull(folder, "folder");
            if (poll.toMillis() < 50 || poll.toMillis() > 60_000) {
                throw refused("pollMillis", poll.toMillis(), POLL_RANGE);
            }
        }

        static Settings of(Config config) {
            return new Settings(folder(config.folder()), Duration.ofMillis(millis(config.pollMillis())));
        }

        /** The container, which could make it a number as well, would not say which key has none. */
        static int millis(String text) {
            try {
                return Integer.parseInt(text.strip());
            } catch (NumberFormatException e) {
                throw refused("pollMillis", text, POLL_RANGE);
            }
        }

        private static Path folder(String configured) {
            if (!configured.isBlank()) {
                return Path.of(configured.strip()).toAbsolutePath().normalize();
            }
            String etc = System.getProperty("karaf.etc");
            if (etc == null) {
                throw refused("folder", configured, "a path, because there is no karaf.etc");
            }
            return Path.of(etc, "boot").toAbsolutePath().normalize();
        }

        private static IllegalArgumentException refused(String key, Object value, String expected) {
            return new IllegalArgumentException(
                    "etc/io.slipway.boot.policy.cfg: " + key + " = " + value + "; expected " + expected);
        }
    }

    private final ServedConfiguration served;
    private final WatchedFolder watched;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread watcher;

    @Activate
    public PolicyFolder(Config config) {
        this(Settings.of(config));
    }

    PolicyFolder(Settings settings) {
        served = new ServedConfiguration(settings.folder);
        watched = new WatchedFolder(settings.folder, served);
        watched.start(settings.poll);
        watcher = new Thread(() -> watch(settings), "boot-policy-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** What a client boots by what the folder said at one moment. */
    Optional<BootDecision> decide(BootClient client, StoredIndex stored, ImageStore images) {
        return served.decide(client, stored, images);
    }

    /** The machines of the files as they serve now. */
    FileMachines machines() {
        return served.status().configuration().machines();
    }

    /** @param listener is called after each change that has been applied */
    Registration onChange(Runnable listener) {
        return served.onChange(listener);
    }

    /** What is served now, and what is refused. */
    public PolicyStatus status() {
        return served.status();
    }

    private void watch(Settings settings) {
        try {
            while (!stopped.await(settings.poll.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look, as the watch does it. */
    synchronized void look() {
        try {
            watched.look();
        } catch (RuntimeException e) {
            // A defect, not the operator's; the watch must outlive it, so that the next change can apply.
            LOG.error(
                    "boot policy: a change of {} could not be taken: this is a fault of the server; what served keeps"
                            + " serving. Report it with data/log/traces.log, and write the file again to try anew",
                    served.status().folder(),
                    e);
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        stopped.countDown();
        watcher.join(TimeUnit.SECONDS.toMillis(2));
    }
}
