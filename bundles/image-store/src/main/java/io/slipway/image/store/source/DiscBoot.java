package io.slipway.image.store.source;

import io.slipway.disc.codec.DiscFile;
import java.util.List;

/**
 * What of a disc is booted.
 *
 * @param arguments of the kernel, with {@code ${image}} and {@code ${iso}} in them; may be empty
 */
record DiscBoot(DiscFile kernel, List<DiscFile> initrds, String arguments) {

    DiscBoot {
        initrds = List.copyOf(initrds);
    }
}
