package io.slipway.storage.oci;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Whether a request is tried again, and after which time. */
final class Retries {

    /** How often a request is sent at most. */
    static final int ATTEMPTS = 3;

    /** Who asks waits for no longer than this. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(500);

    private Retries() {}

    /** @param attempts that were made, 1 or more */
    static Duration backoff(int attempts) {
        return FIRST.multipliedBy(1L << Math.min(attempts - 1, 5));
    }

    /**
     * How long to wait before a request is sent again: as long as the registry says (RFC 9110 section 10.2.3), if that
     * can be waited for. Empty when it is not to be sent again.
     */
    static Optional<Duration> after(Answer answer, int attempts) {
        boolean isPassing = answer.status() == 429 || (answer.status() >= 500 && answer.status() != 501);
        if (!isPassing || attempts >= ATTEMPTS) {
            return Optional.empty();
        }
        return Optional.of(answer.header("Retry-After")
                        .flatMap(text -> retryAfter(text, Instant.now()))
                        .orElse(backoff(attempts)))
                .filter(wait -> wait.compareTo(LONGEST) <= 0);
    }

    /** Seconds, or a date; empty when it is neither. */
    static Optional<Duration> retryAfter(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
