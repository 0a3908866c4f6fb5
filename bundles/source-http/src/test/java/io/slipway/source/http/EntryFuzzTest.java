package io.slipway.source.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whatever lies beside a file is a note of it, or is refused. */
class EntryFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) throws IOException {
        Entry entry;
        try {
            entry = Entry.parse(bytes);
        } catch (IOException refused) {
            return;
        }
        assertEquals(entry, Entry.parse(entry.bytes()));
    }
}
