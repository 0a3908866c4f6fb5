package io.slipway.boot;

import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** The transfers under way. Whoever sends boot files begins one here and ends it. Safe for use by many threads. */
@ProviderType
public interface Transfers {

    Transfer begin(BootRequest request, BootFile file);

    /** The transfers that have begun and not ended, oldest first. */
    Collection<Transfer> active();
}
