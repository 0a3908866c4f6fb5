package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/linux, /linux",
        "//linux, /linux",
        "///a//b, /a/b",
        "/a/./b, /a/b",
        "/linux?mac=1&x=/../y, /linux",
        "/linux?, /linux",
        "http://server/linux, /linux",
        "HTTP://server:80/a/b?c, /a/b",
        "http://server//linux, /linux",
        "/%6cinux, /linux",
        "/a%2fb, /a/b",
        "/a%5Cb, /a/b",
        "/a\\b, /a/b",
        "/%c3%a4, /ä",
        "/a%20b, /a b",
        "/a+b, /a+b",
        "/a%2bb, /a+b",
        "/a%3fb, /a?b",
        "/%252e%252e/x, /%2e%2e/x",
        "/%25, /%",
        "/a/., /a",
        "/..., /..."
    })
    void namesAFile(String target, String path) {
        assertEquals(Optional.of(new RequestTarget(Optional.of(path))), RequestTarget.parse(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/a/", "/.", "/?x", "http://server", "http://server?x", "/a%2f", "/a%5c"})
    void namesAFolder(String target) {
        assertEquals(Optional.of(new RequestTarget(Optional.empty())), RequestTarget.parse(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "linux",
                "server:80",
                "https://server/x",
                "ftp://server/x",
                "http://",
                "http:///x",
                "/a#b",
                "/..",
                "/../",
                "/../etc/passwd",
                "/a/../b",
                "/a/..",
                "/%2e%2e/x",
                "/.%2e/x",
                "/%2e./",
                "/..%2fx",
                "/..%5cx",
                "/..\\x",
                "/a\\..\\b",
                "http://server/../x",
                "/%",
                "/%4",
                "/%zz",
                "/%-1",
                "/%+1",
                "/% 1",
                "/%00",
                "/a%00.efi",
                "/a%0d%0ab",
                "/a%7f",
                "/%1f",
                "/%c0%ae%c0%ae/x",
                "/%c0%af",
                "/%ff",
                "/%ed%a0%80",
                "/\u00ff"
            })
    void isRefused(String target) {
        assertEquals(Optional.empty(), RequestTarget.parse(target));
    }
}
