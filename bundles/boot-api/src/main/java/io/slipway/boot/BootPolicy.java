package io.slipway.boot;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what a client boots. Pure: firmware asks several times for one boot, and must be told the same each time.
 * With several policies the highest service ranking is asked first and the first present answer counts.
 */
@ConsumerType
public interface BootPolicy {

    /** The decision, or empty when this policy has nothing to say of the client. */
    Optional<BootDecision> decide(BootClient client);
}
