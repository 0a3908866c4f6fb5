package io.slipway.sockets;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The doors that are open now. */
@ProviderType
public interface Doors {

    /** By interface, then in the order of the configuration. */
    List<Door> open();
}
