package io.slipway.image.catalog.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorsTest {

    private final Mirrors mirrors = Mirrors.parse("https://deb.example/debian/ -> http://near.example/d,"
            + " https://deb.example/debian/dists -> http://lists.example:8080 ,");

    @Test
    void theLongestPrefixCounts() {
        assertEquals("http://near.example/d/pool/x?y", of("https://deb.example/debian/pool/x?y"));
        assertEquals("http://near.example/d", of("https://deb.example/debian"));
        assertEquals("http://lists.example:8080/a", of("https://deb.example/debian/dists/a"));
    }

    @Test
    void aPrefixEndsWithASegment() {
        assertEquals("https://deb.example/debian-security/x", of("https://deb.example/debian-security/x"));
        assertEquals("http://deb.example/debian/x", of("http://deb.example/debian/x"));
    }

    @Test
    void nothingIsNoMirror() {
        assertEquals(Mirrors.NONE, Mirrors.parse("  "));
    }

    @Test
    void aPasswordIsNotShown() {
        assertFalse(Mirrors.parse("https://a.example -> https://u:secret@b.example")
                .toString()
                .contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example",
                "https://a.example -> ",
                "a.example -> https://b.example",
                "https://a.example -> ftp://b.example",
                "https://a.example -> https://b.example?x",
                "https://u:p@a.example -> https://b.example",
                "https://a.example -> https://b.example -> https://c.example",
                "https://a.example -> https://b.example, https://a.example/ -> https://c.example"
            })
    void whatIsNoMappingIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Mirrors.parse(text));
    }

    private String of(String address) {
        return mirrors.of(URI.create(address)).toString();
    }
}
