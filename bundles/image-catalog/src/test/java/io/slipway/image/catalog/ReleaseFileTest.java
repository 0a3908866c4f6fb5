package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseFileTest {

    private static final String HEX = "8e0a94d8488f7c60f5fe6723e69b450ec5d7000f592ccdb169481f4bfe863b62";
    private static final String TEXT = "Origin: Debian\nSuite: oldstable\nCodename: bookworm\n"
            + "Date: Sat, 11 Jul 2026 10:16:37 UTC\nValid-Until: Sat,  1 Aug 2026 10:16:37 UTC\n"
            + "MD5Sum:\n 8bda4ce4f0530ae601d1d7a7c47eb927    78509 main/SHA256SUMS\n"
            + "Acquire-By-Hash: yes\nSHA256:\n " + HEX + "    78509 main/SHA256SUMS\n";

    @Test
    void filesAreThoseOfTheSha256Section() throws IOException {
        ReleaseFile release = parse(TEXT.replace("Sat,  1", "Sat, 01"));
        assertEquals(Optional.of(new ReleaseFile.Listed(new Digest(HEX), 78509)), release.file("main/SHA256SUMS"));
        assertEquals(Optional.empty(), release.file("main"));
        assertTrue(release.isOf("bookworm"));
        assertTrue(release.isOf("oldstable"));
        assertFalse(release.isOf("Debian"));
        assertEquals(List.of("bookworm", "oldstable"), release.names());
        assertEquals(Optional.of(Instant.parse("2026-08-01T10:16:37Z")), release.validUntil());
    }

    @Test
    void aReleaseNeedNotEnd() throws IOException {
        assertEquals(Optional.empty(), parse("Suite: stable\n").validUntil());
        assertEquals(
                "its Valid-Until is no time",
                assertThrows(IOException.class, () -> parse("Valid-Until: soon\n")
                                .validUntil())
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Suite: a@@Suite: b  | its line 2 is no field",
                "Suite: a@suite: b   | it has the field suite twice",
                "<html>              | its line 1 is no field",
                "SHA256:@ 12 3 a     | its line 2 is no SHA-256 sum, size and path"
            })
    void whatIsNoReleaseFileIsRefused(String text, String reason) {
        assertEquals(
                reason,
                assertThrows(IOException.class, () -> parse(text.replace("@", "\n")))
                        .getMessage());
    }

    @Test
    void aFileIsListedOnceOrAlike() throws IOException {
        String line = " " + HEX + " 1 a\n";
        assertEquals(1, parse("SHA256:\n" + line + line).files().size());
        assertEquals(
                "it lists a twice, and not alike",
                assertThrows(IOException.class, () -> parse("SHA256:\n" + line + line.replace(" 1 ", " 2 ")))
                        .getMessage());
    }

    private static ReleaseFile parse(String text) throws IOException {
        return ReleaseFile.parse(text.getBytes(UTF_8));
    }
}
