package io.slipway.image.store.source;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a download may take.
 *
 * @param folder where it is kept until it was imported; made when absent
 * @param largest in bytes
 * @param connect how long a connection may take to be there
 * @param silence how long a server may say nothing
 * @param attempts how often it is tried in a row without getting any further
 * @param firstPause before the second attempt; doubled before each further one, up to {@link #LONGEST_PAUSE}
 */
public record DownloadTerms(
        Path folder, long largest, Duration connect, Duration silence, int attempts, Duration firstPause) {

    /** However often it failed, and whatever the server asks for. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    public DownloadTerms {
        if (largest < 1) {
            throw new IllegalArgumentException("largest is " + largest + " bytes; expected at least 1");
        }
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts is " + attempts + "; expected 1 to 100");
        }
        positive("connect", connect);
        positive("silence", silence);
        positive("firstPause", firstPause);
    }

    /** What suits most networks: 64 GB, 20 s to connect, a minute of silence, five attempts. */
    public static DownloadTerms in(Path folder) {
        return new DownloadTerms(
                folder, 64L << 30, Duration.ofSeconds(20), Duration.ofMinutes(1), 5, Duration.ofSeconds(2));
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + "; expected more than nothing");
        }
    }
}
