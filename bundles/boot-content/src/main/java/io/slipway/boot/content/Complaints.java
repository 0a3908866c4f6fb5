package io.slipway.boot.content;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** Warns of a service that throws, once each: a broken plugin must not fill the log. */
final class Complaints {

    private final Logger log;
    private final Set<Long> told = ConcurrentHashMap.newKeySet();

    Complaints(Logger log) {
        this.log = log;
    }

    /** @param what the kind of service, for example {@code Bootloader} */
    void about(String what, Ranked<?> service, Throwable failure) {
        if (told.add(service.id())) {
            log.warn(
                    "{} '{}' failed ({}) and is skipped whenever it does: mend or remove its bundle",
                    what,
                    service.name(),
                    failure.toString());
        }
        log.debug("{} '{}' failed", what, service.name(), failure);
    }
}
