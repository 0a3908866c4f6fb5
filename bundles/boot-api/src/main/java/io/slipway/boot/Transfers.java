package io.slipway.boot;

import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** The transfers under way. Whoever sends boot files begins one here and ends it. Safe for use by many threads. */
@ProviderType
public interface Transfers {

    Transfer begin(BootRequest request, BootFile file);

    /**
     * A client sends a file.
     *
     * @param request its path is the name of the file where it is kept
     * @param length as the client has told it, 0 when it has not
     */
    Transfer beginUpload(BootRequest request, long length);

    /** The transfers that have begun and not ended, oldest first. */
    Collection<Transfer> active();
}
