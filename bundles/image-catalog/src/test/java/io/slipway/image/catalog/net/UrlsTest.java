package io.slipway.image.catalog.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x/y, z, https://a.example/x/z",
        "https://a.example/x/y, https://b.example/, https://b.example/",
        "http://a.example/x, /y?z, http://a.example/y?z",
        "http://a.example/x, //b.example/y, http://b.example/y",
        "http://a.example/x, https://b.example/y, https://b.example/y"
    })
    void redirectsAreFollowed(String at, String location, String to) throws IOException {
        assertEquals(URI.create(to), Urls.redirected(URI.create(at), location));
    }

    @Test
    void fromHttpsToHttpIsNotFollowed() {
        String message = assertThrows(
                        IOException.class,
                        () -> Urls.redirected(
                                URI.create("https://a.example/x?secret"), "http://u:secret@b.example/y?secret"))
                .getMessage();
        assertTrue(
                message.startsWith("https://a.example/x is redirected to http://b.example/y, where anybody"), message);
        assertThrows(IOException.class, () -> Urls.redirected(URI.create("HTTPS://a.example/"), "http://a.example/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "ftp://a.example/", "http:/x", "http://[", "mailto:a@b"})
    void whatIsNoAddressIsNotFollowed(String location) {
        assertThrows(IOException.class, () -> Urls.redirected(URI.create("https://a.example/x"), location));
    }

    @Test
    void onlyTheRequestItselfIsSent() {
        URI url = URI.create("http://me:secret@a.example:81/x?y#z");
        assertEquals(URI.create("http://a.example:81/x?y"), Urls.request(url));
        assertEquals("http://a.example:81/x", Urls.shown(url));
        assertEquals(Optional.empty(), Urls.login(URI.create("http://a.example/")));
        assertEquals("me", Urls.login(url).orElseThrow().getUserName());
        assertEquals(
                0, Urls.login(URI.create("http://me@a.example/")).orElseThrow().getPassword().length);
    }
}
