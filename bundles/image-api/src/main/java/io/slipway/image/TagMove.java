package io.slipway.image;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a tag's history.
 *
 * @param manifest what the tag named from then on; empty when the tag was removed
 */
public record TagMove(Instant time, Optional<Digest> manifest) {
    public TagMove {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(manifest, "manifest");
    }
}
