package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

class StoredObjectTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.700Z");
    private static final Clock OURS = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void aTimeIsTakenByTheStoresOwnClock() {
        Instant theirs = NOW.plus(Duration.ofMinutes(10));
        Instant modified = Instant.parse("2026-11-30T12:09:00Z");
        assertEquals(NOW.minusSeconds(60).plusSeconds(1), StoredObject.atTheLatest(modified, answer(theirs), OURS));
    }

    @Test
    void aSecondIsAllowedForSinceTimesAreCoarse() {
        // Stored at .690, told as .000, and looked at ten milliseconds later.
        Instant modified = Instant.parse("2026-11-30T12:00:00Z");
        assertEquals(NOW, StoredObject.atTheLatest(modified, answer(NOW), OURS));
    }

    @Test
    void nothingIsStoredInTheFuture() {
        assertEquals(NOW, StoredObject.atTheLatest(NOW.plusSeconds(100), answer(NOW), OURS));
    }

    @Test
    void withoutTheStoresClockItsTimesAreTakenAsTheyAre() {
        Instant modified = NOW.minusSeconds(100);
        SdkHttpResponse none = SdkHttpFullResponse.builder().statusCode(200).build();
        SdkHttpResponse broken = SdkHttpFullResponse.builder()
                .statusCode(200)
                .putHeader("Date", "yesterday")
                .build();
        assertEquals(NOW.minusSeconds(99), StoredObject.atTheLatest(modified, none, OURS));
        assertEquals(NOW.minusSeconds(99), StoredObject.atTheLatest(modified, broken, OURS));
    }

    private static SdkHttpResponse answer(Instant date) {
        return SdkHttpFullResponse.builder()
                .statusCode(200)
                .putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)))
                .build();
    }
}
