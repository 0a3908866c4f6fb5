package io.slipway.boot;

import java.util.Objects;
import java.util.Optional;

/** What a client shall do. Always says why. */
public sealed interface BootDecision {

    /** One sentence for the person who asks why. */
    String reason();

    /**
     * Boot from the network.
     *
     * @param loader the {@link Bootloader#NAME name} of the loader to prefer
     */
    record Netboot(BootMenu menu, Optional<String> loader, String reason) implements BootDecision {
        public Netboot {
            Objects.requireNonNull(menu, "menu");
            Objects.requireNonNull(loader, "loader");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Go on with the next boot device. */
    record LocalBoot(String reason) implements BootDecision {
        public LocalBoot {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Say nothing about booting to this client. */
    record Ignore(String reason) implements BootDecision {
        public Ignore {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
