package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
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
        assertEquals(Optional.of(expected), ByteRange.of(List.of(field), 100).map(ByteRange::toString));
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
        assertEquals(Optional.of(true), ByteRange.of(List.of(field), 100).map(ByteRange::isOutside));
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
                "bytes=0-1,3-4",
                "bytes=0-0,0-0",
                "lines=1-2",
                "bytes:1-2",
                "bytes=1 - 2",
                "bytes =1-2",
                "bytes=0x1-2"
            })
    void ignored(String field) {
        assertEquals(Optional.empty(), ByteRange.of(List.of(field), 100));
    }

    @Test
    void severalHeaderLinesAreIgnored() {
        assertEquals(Optional.empty(), ByteRange.of(List.of("bytes=1-2", "bytes=3-4"), 100));
        assertEquals(Optional.empty(), ByteRange.of(List.of(), 100));
    }

    @Test
    void anEmptyFile() {
        assertEquals(Optional.of(true), ByteRange.of(List.of("bytes=0-"), 0).map(ByteRange::isOutside));
        assertEquals(Optional.of(true), ByteRange.of(List.of("bytes=-0"), 0).map(ByteRange::isOutside));
        assertEquals(Optional.empty(), ByteRange.of(List.of("bytes=-5"), 0));
    }

    @Test
    void aFileAsLongAsCanBe() {
        assertEquals(
                Optional.of("9223372036854775806-9223372036854775806"),
                ByteRange.of(List.of("bytes=-1"), Long.MAX_VALUE).map(ByteRange::toString));
    }
}
