package io.slipway.boot.journal;

import static io.slipway.boot.journal.Events.MAC;
import static io.slipway.boot.journal.Events.START;
import static io.slipway.boot.journal.Events.at;
import static io.slipway.boot.journal.Events.ofAddress;
import static io.slipway.boot.journal.Events.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.BootEvent.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventTextTest {

    @Test
    void linesStandInColumns() {
        String path = "/images/sha256-" + "0123456789abcdef".repeat(4) + "/linux";
        assertEquals("       time  step                  size        took  what", EventText.HEADING);
        assertEquals(
                "   +0.012 s  OFFER                                   192.0.2.10",
                EventText.line(START, ofAddress(0.012, 10, Step.OFFER, "")));
        assertEquals(
                "  +12.500 s  FILE_SENT          7.6 MiB     3.200 s  /images/sha256-0123456789ab../linux",
                EventText.line(START, sent(12.5, MAC, path, 8_000_000, Duration.ofMillis(3200))));
    }

    @Test
    void aClockThatStepsBackMakesNoNegativeTime() {
        assertEquals(
                "   +0.000 s  ACK                                     x",
                EventText.line(START, at(-5, MAC, Step.ACK, "x")));
    }

    @Test
    void whatAMachineSendsCannotMoveTheCursor() {
        assertEquals(
                "   +0.000 s  FILE_NOT_FOUND                          /?[2J??a?",
                EventText.line(START, at(0, MAC, Step.FILE_NOT_FOUND, "/\u001b[2J\r\na\u0085")));
        assertEquals("DISCOVER 52:54:00:12:34:56 a?b", EventText.sentence(at(0, MAC, Step.DISCOVER, "a\nb")));
    }

    @Test
    void aSentenceSaysAll() {
        assertEquals(
                "FILE_SENT 52:54:00:12:34:56 192.0.2.10 /a, 42.0 KiB in 0.030 s",
                EventText.sentence(sent(0, MAC, "/a", 43_008, Duration.ofMillis(30))));
    }

    @Test
    void sizesAreReadable() {
        assertEquals("0 B", EventText.size(0));
        assertEquals("1023 B", EventText.size(1023));
        assertEquals("1.0 KiB", EventText.size(1024));
        assertEquals("1.0 MiB", EventText.size(1024 * 1024 - 1));
        assertEquals("40.0 MiB", EventText.size(40 << 20));
        assertEquals("8388608.0 TiB", EventText.size(Long.MAX_VALUE));
    }
}
