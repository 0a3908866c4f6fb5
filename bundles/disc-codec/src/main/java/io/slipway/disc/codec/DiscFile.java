package io.slipway.disc.codec;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A regular file on a disc.
 *
 * @param path relative, {@code /}-separated, as the disc spells it; a symbolic link keeps its own path
 * @param size in bytes
 * @param modified when it was changed last, as the disc has it; the epoch when the disc has no valid time
 * @param extents where its bytes lie in the disc image's file, in order; adjacent ones are one; none of an empty file
 */
public record DiscFile(String path, long size, Instant modified, List<DiscExtent> extents) {

    public DiscFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(modified, "modified");
        extents = List.copyOf(extents);
        long sum = 0;
        for (DiscExtent extent : extents) {
            sum = Math.addExact(sum, extent.length());
        }
        if (sum != size) {
            throw new IllegalArgumentException(
                    "file '" + path + "' of " + size + " bytes has extents of " + sum + "; expected the same");
        }
    }
}
