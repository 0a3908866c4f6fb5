package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0-0",
        "bytes=0-, 0-99",
        "bytes=99-, 99-99",
        "bytes=10-19, 10-19",
        "bytes=10-1000, 10-99",
        "bytes=-1, 99-99",
        "bytes=-100, 0-99",
        "bytes=-101, 0-99",
        "bytes=-99999999999999999999999, 0-99",
        "bytes=0-99999999999999999999999, 0-99",
        "bytes=0-9223372036854775807, 0-99",
        "bytes=00000000000000000000000000010-19, 10-19",
        "BYTES=1-2, 1-2",
        "'bytes= , 1-2 ,', 1-2"
    })
    void aPartOfAHundredBytes(String field, String expected) {
        assertEquals(List.of(expected), text(ByteRange.of(List.of(field), 100)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=100-",
                "bytes=100-200",
                "bytes=-0",
                "bytes=-000",
                "bytes=9223372036854775807-",
                "bytes=9223372036854775807-9223372036854775807",
                "bytes=99999999999999999999999999-"
            })
    void outside(String field) {
        assertOutside(ByteRange.of(List.of(field), 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5-3",
                "bytes=a-b",
                "bytes=1-2-3",
                "bytes=--1",
                "bytes=1",
                "bytes=+1-2",
                "bytes=0-0,0-0",
                "bytes=0-5,3-9",
                "bytes=50-,0-50",
                "bytes=0-1,x",
                "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30,32-32",
                "lines=1-2",
                "bytes:1-2",
                "bytes=1 - 2",
                "bytes =1-2",
                "bytes=0x1-2"
            })
    void ignored(String field) {
        assertEquals(List.of(), ByteRange.of(List.of(field), 100));
    }

    @Test
    void severalHeaderLinesAreIgnored() {
        assertEquals(List.of(), ByteRange.of(List.of("bytes=1-2", "bytes=3-4"), 100));
        assertEquals(List.of(), ByteRange.of(List.of(), 100));
    }

    @Test
    void anEmptyFile() {
        assertOutside(ByteRange.of(List.of("bytes=0-"), 0));
        assertOutside(ByteRange.of(List.of("bytes=-0"), 0));
        assertEquals(List.of(), ByteRange.of(List.of("bytes=-5"), 0));
    }

    @Test
    void aFileAsLongAsCanBe() {
        assertEquals(
                List.of("9223372036854775806-9223372036854775806"),
                text(ByteRange.of(List.of("bytes=-1"), Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @CsvSource({
        "'bytes=0-1,3-4', 0-1;3-4",
        "'bytes=3-4, 0-1', 3-4;0-1",
        "'bytes=0-0,-1', 0-0;99-99",
        "'bytes=0-0,200-300', 0-0",
        "'bytes=200-,5-5,300-', 5-5",
        "'bytes=0-49,50-', 0-49;50-99"
    })
    void severalParts(String field, String expected) {
        assertEquals(List.of(expected.split(";")), text(ByteRange.of(List.of(field), 100)));
    }

    @Test
    void allOfSeveralOutside() {
        assertOutside(ByteRange.of(List.of("bytes=100-,200-300"), 100));
    }

    private static List<String> text(List<ByteRange> ranges) {
        return ranges.stream().map(ByteRange::toString).toList();
    }

    private static void assertOutside(List<ByteRange> ranges) {
        assertEquals(1, ranges.size());
        assertTrue(ranges.get(0).isOutside());
    }
}
