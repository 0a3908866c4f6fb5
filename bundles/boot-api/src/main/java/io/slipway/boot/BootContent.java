package io.slipway.boot;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one read-only tree that TFTP and HTTP both serve: the client's chosen loader first, then every other source by
 * ranking. May read a disk: call it on a pool, not on an event loop.
 */
@ProviderType
public interface BootContent {

    /**
     * The file of a request.
     *
     * @return empty when no source has it
     * @throws IOException a source has it but could not give it, and no other had it
     */
    Optional<BootFile> find(BootRequest request) throws IOException;
}
