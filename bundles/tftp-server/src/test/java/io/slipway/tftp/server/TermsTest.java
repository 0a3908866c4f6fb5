package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void withoutOptions() {
        assertEquals(new Terms(512, 1, SECOND, Map.of()), Terms.of(Map.of(), 5, 1468, 64, SECOND));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "512, 512", "1428, 1428", "1468, 1468", "1469, 1468", "65464, 1468"})
    void theBlockSizeIsTheLesser(String asked, int agreed) {
        Terms terms = Terms.of(Map.of("blksize", asked), 5, 1468, 64, SECOND);
        assertEquals(agreed, terms.blockSize());
        assertEquals(Map.of("blksize", Integer.toString(agreed)), terms.acknowledged());
    }

    @Test
    void theSizeIsTold() {
        Terms terms = Terms.of(Map.of("tsize", "0"), 5_000_000_000L, 1468, 64, SECOND);
        assertEquals(Map.of("tsize", "5000000000"), terms.acknowledged());
        assertTrue(terms.hasSize());
        assertFalse(Terms.of(Map.of("tsize", "?"), 5, 1468, 64, SECOND).hasSize());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void theTimeoutIsTheClients(int seconds) {
        Terms terms = Terms.of(Map.of("timeout", Integer.toString(seconds)), 5, 1468, 64, SECOND);
        assertEquals(Duration.ofSeconds(seconds), terms.timeout());
        assertEquals(Map.of("timeout", Integer.toString(seconds)), terms.acknowledged());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "64, 64", "65, 64", "65535, 64"})
    void theWindowIsTheLesser(String asked, int agreed) {
        Terms terms = Terms.of(Map.of("windowsize", asked), 5, 1468, 64, SECOND);
        assertEquals(agreed, terms.windowSize());
        assertEquals(Map.of("windowsize", Integer.toString(agreed)), terms.acknowledged());
    }

    /** RFC 7440: 1 to 65535. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "four", ""})
    void aWindowOutsideItsRangeIsLeftOut(String text) {
        assertEquals(new Terms(512, 1, SECOND, Map.of()), Terms.of(Map.of("windowsize", text), 5, 1468, 64, SECOND));
    }

    @Test
    void windowsMayBeSwitchedOff() {
        assertEquals(new Terms(512, 1, SECOND, Map.of()), Terms.of(Map.of("windowsize", "4"), 5, 1468, 1, SECOND));
    }

    @ParameterizedTest
    @CsvSource({"10000, 10", "500000, 500", "30000000, 30000"})
    void theTimeoutMayBeInMicroseconds(String asked, long millis) {
        Terms terms = Terms.of(Map.of("utimeout", asked, "timeout", "3"), 5, 1468, 64, SECOND);
        assertEquals(Duration.ofMillis(millis), terms.timeout());
        assertEquals(Map.of("utimeout", asked, "timeout", "3"), terms.acknowledged());
        assertTrue(terms.hasTimeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9999", "30000001"})
    void aTimeoutInMicrosecondsOutsideItsRangeIsLeftOut(String text) {
        assertEquals(new Terms(512, 1, SECOND, Map.of()), Terms.of(Map.of("utimeout", text), 5, 1468, 64, SECOND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "31", "255", "256", "-1", "1.5", "+1", " 1", "\u0661"})
    void aTimeoutOutsideItsRangeIsLeftOut(String text) {
        assertEquals(new Terms(512, 1, SECOND, Map.of()), Terms.of(Map.of("timeout", text), 5, 1468, 64, SECOND));
    }

    @ParameterizedTest
    @CsvSource({
        "1500, 10.0.0.1, 65464, 1468",
        "1500, fe80::1, 65464, 1448",
        "9000, 10.0.0.1, 1428, 1428",
        "65536, 127.0.0.1, 65464, 65464",
        "0, 10.0.0.1, 65464, 8"
    })
    void theLargestBlockFitsIntoAFrame(int mtu, String client, int configured, int largest) throws Exception {
        assertEquals(largest, Terms.largestBlock(mtu, InetAddress.getByName(client), configured));
    }
}
