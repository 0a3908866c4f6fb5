package io.slipway.source.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the other server answers. One that does not is left alone for a while, and the log tells once of it. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /** Paths of which it was told that they are served as they were; more are not told. */
    private static final int MOST_TOLD = 100;

    private final Settings settings;
    private final Clock clock;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private Optional<String> trouble = Optional.empty();
    private Instant askedAgain = Instant.MIN;

    Health(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Why there is no use in asking now. */
    synchronized Optional<String> trouble() {
        return clock.instant().isBefore(askedAgain) ? trouble : Optional.empty();
    }

    synchronized void isWell() {
        if (trouble.isPresent()) {
            LOG.info("{} answers again", settings.url());
        }
        trouble = Optional.empty();
        askedAgain = Instant.MIN;
    }

    synchronized void isDown(String why) {
        if (trouble.isEmpty()) {
            LOG.warn("{}; what was fetched before is served below {} as it was then", why, settings.path());
        }
        trouble = Optional.of(why);
        askedAgain = clock.instant().plus(settings.negative());
    }

    /** One file cannot be asked for, though the server answers. */
    void isServedAsItWas(RemotePath path, String why) {
        if (told.size() < MOST_TOLD && told.add(path.text())) {
            LOG.warn("{}/{} is served as it was: {}", settings.path(), path.text(), why);
        }
    }
}
