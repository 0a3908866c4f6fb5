package io.slipway.storage.s3;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What the store says of an object.
 *
 * @param size in bytes
 * @param etag changes when the content does; empty when the store names none
 * @param stored when it was stored, at the latest, by this machine's clock
 */
record StoredObject(String key, long size, String etag, Instant stored) {

    /**
     * HTTP's times are of whole seconds (RFC 9110 section 5.6.7): an age between two of them may be off by that much.
     */
    private static final Duration COARSE = Duration.ofSeconds(1);

    StoredObject {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(stored, "stored");
    }

    /**
     * What a time of the store's is by this machine's clock, at the latest. The answer has the store's own time beside
     * it, so that clocks which differ do no harm.
     */
    static Instant atTheLatest(Instant modified, SdkHttpResponse answer, Clock clock) {
        Instant now = clock.instant();
        Instant theirs =
                answer.firstMatchingHeader("Date").flatMap(StoredObject::time).orElse(now);
        Instant latest = now.minus(Duration.between(modified, theirs)).plus(COARSE);
        return latest.isAfter(now) ? now : latest;
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            // A store without a clock: its times are taken as they are.
            return Optional.empty();
        }
    }
}
