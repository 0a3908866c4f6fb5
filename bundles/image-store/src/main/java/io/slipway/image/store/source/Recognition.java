package io.slipway.image.store.source;

import io.slipway.disc.codec.DiscFile;
import java.util.Map;
import java.util.Optional;

/**
 * What a disc was found to be.
 *
 * @param description one line
 * @param boot empty when the disc boots in another way than by a Linux kernel
 * @param extras further files and their roles
 * @param note of the family; may be empty
 */
record Recognition(String description, Optional<DiscBoot> boot, Map<DiscFile, String> extras, String note) {}
