package io.slipway.image.catalog.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "http_proxy", "http://one.example:3128",
            "HTTPS_PROXY", "two.example:8080/",
            "no_proxy", "localhost, .intern.example 10.0.0.1 near.example:8080");

    @ParameterizedTest
    @CsvSource({
        "http://deb.example/, one.example:3128",
        "https://deb.example/, two.example:8080",
        "http://localhost/, DIRECT",
        "https://a.intern.example/, DIRECT",
        "https://intern.example/, DIRECT",
        "http://10.0.0.1/, DIRECT",
        "http://near.example:8080/, DIRECT",
        "http://near.example/, one.example:3128",
        "http://notintern.example/, one.example:3128"
    })
    void theEnvironmentCountsWhereNothingIsConfigured(String address, String expected) {
        assertEquals(expected, selected(Proxies.of("", ENVIRONMENT), address));
    }

    @Test
    void theConfigurationCountsBeforeTheEnvironment() {
        Proxies configured = Proxies.of("http://three.example", ENVIRONMENT);
        assertEquals("three.example:80", selected(configured, "http://deb.example/"));
        assertEquals("three.example:80", selected(configured, "https://deb.example/"));
        assertEquals("DIRECT", selected(configured, "http://localhost/"));
        assertEquals("DIRECT", selected(Proxies.of("none", ENVIRONMENT), "http://deb.example/"));
        assertEquals("DIRECT", selected(Proxies.of("", Map.of()), "http://deb.example/"));
        assertEquals(
                "DIRECT", selected(Proxies.of("http://three.example", Map.of("NO_PROXY", "*")), "http://deb.example/"));
    }

    @Test
    void aHeaderOfACgiClientIsNoProxy() {
        assertEquals(
                "DIRECT", selected(Proxies.of("", Map.of("HTTP_PROXY", "http://evil.example")), "http://deb.example/"));
    }

    @Test
    void aPasswordIsForItsProxyAndIsNotShown() {
        Proxies proxies = Proxies.of("http://me:se:cret@three.example:3128", Map.of());
        PasswordAuthentication login = proxies.login("three.example", 3128).orElseThrow();
        assertEquals("me", login.getUserName());
        assertArrayEquals("se:cret".toCharArray(), login.getPassword());
        assertEquals(0, proxies.login("three.example", 80).stream().count());
        assertEquals(0, proxies.login("other.example", 3128).stream().count());
        assertFalse(proxies.toString().contains("cret"), proxies.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "ftp://a.example", "http://", "a b", "socks5://a"})
    void whatIsNoProxyIsRefusedWithoutBeingTold(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Proxies.of(text, Map.of()))
                .getMessage();
        assertEquals("the http:// address of a proxy, none, or nothing", message);
        assertThrows(IllegalArgumentException.class, () -> Proxies.of("", Map.of("https_proxy", text)));
    }

    private static String selected(Proxies proxies, String address) {
        Proxy proxy = proxies.select(URI.create(address)).get(0);
        return proxy.type() == Proxy.Type.DIRECT
                ? "DIRECT"
                : ((InetSocketAddress) proxy.address()).getHostString() + ":"
                        + ((InetSocketAddress) proxy.address()).getPort();
    }
}
