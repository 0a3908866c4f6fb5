package io.slipway.http.server;

import java.time.Instant;
import java.util.Optional;

/**
 * What the headers of an answer say of a file (RFC 9110 section 8).
 *
 * @param length in bytes
 * @param modified when it was last changed, where that is known
 */
record Representation(long length, String mediaType, EntityTag tag, Optional<Instant> modified) {}
