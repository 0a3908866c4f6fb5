package io.slipway.boot;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers paths of the boot content. With several sources the highest service ranking is asked first and the first
 * present answer counts. Safe for use by many threads; called on a bounded pool, so it may read a disk.
 */
@ConsumerType
public interface BootFileSource {

    /**
     * The file of a request, or empty when this source has none.
     *
     * @throws IOException the file is this source's but cannot be had now
     */
    Optional<BootFile> find(BootRequest request) throws IOException;
}
