package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyChoiceTest {

    private static final URI HTTP = URI.create("http://mirror.example/x");
    private static final URI HTTPS = URI.create("https://mirror.example/x");

    @Test
    void theEnvironmentNamesAProxyForEachScheme() {
        Map<String, String> environment = Map.of("http_proxy", "http://one:3128", "https_proxy", "two:8080");
        assertEquals("one:3128", proxy(HTTP, Map.of(), environment));
        assertEquals("two:8080", proxy(HTTPS, Map.of(), environment));
        assertEquals("three:80", proxy(HTTPS, Map.of(), Map.of("HTTPS_PROXY", "http://three")));
        assertEquals("jdk:1", proxy(HTTP, Map.of(), Map.of("HTTP_PROXY", "http://header")));
    }

    @Test
    void theJdksPropertiesGoBefore() {
        Map<String, String> environment = Map.of("http_proxy", "http://one:3128", "https_proxy", "two:8080");
        assertEquals("jdk:1", proxy(HTTP, Map.of("http.proxyHost", "x"), environment));
        assertEquals("two:8080", proxy(HTTPS, Map.of("http.proxyHost", "x"), environment));
        assertEquals("jdk:1", proxy(HTTPS, Map.of("java.net.useSystemProxies", "true"), environment));
    }

    @Test
    void whatIsNoProxyOfHttpIsNone() {
        for (String broken : new String[] {"", " ", "socks5://one:1080", "http://", "http://a b", "https://one:443"}) {
            assertEquals("jdk:1", proxy(HTTP, Map.of(), Map.of("http_proxy", broken)));
        }
    }

    @Test
    void userAndPasswordAreOfTheProxyThatIsAsked() {
        ProxyChoice choice =
                choice(Map.of(), Map.of("http_proxy", "http://user:p%20s@one", "no_proxy", "mirror.local"));
        assertEquals(Optional.of("user:p s"), choice.userInfo(HTTP));
        assertEquals(Optional.empty(), choice.userInfo(HTTPS));
        assertEquals(Optional.empty(), choice.userInfo(URI.create("http://mirror.local/x")));
    }

    @Test
    void aFailureIsToldToTheJdks() {
        List<URI> told = new ArrayList<>();
        ProxySelector jdk = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                told.add(uri);
            }
        };
        new ProxyChoice(jdk, Map.of(), Map.of())
                .connectFailed(HTTP, InetSocketAddress.createUnresolved("one", 1), new IOException("gone"));
        assertEquals(List.of(HTTP), told);
    }

    @Test
    void thatOfThisProcessChoosesSomething() {
        assertEquals(
                1,
                ProxyChoice.ofProcess().select(URI.create("http://127.0.0.1/x")).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | http://mirror.example/ | true",
                "mirror.example | http://mirror.example/ | true",
                "MIRROR.example | http://Mirror.Example/ | true",
                "example | http://mirror.example/ | true",
                ".example | http://mirror.example/ | true",
                "*.example | http://mirror.example/ | true",
                "rror.example | http://mirror.example/ | false",
                "one, two mirror.example | http://mirror.example/ | true",
                "mirror.example:80 | http://mirror.example/ | true",
                "mirror.example:443 | https://mirror.example/ | true",
                "mirror.example:8080 | http://mirror.example/ | false",
                "10.0.0.1 | http://10.0.0.1/ | true",
                "10.0.0.1:81 | http://10.0.0.1:81/ | true",
                "10.0.0.1 | http://10.0.0.2/ | false",
                "10.0.0.0/8 | http://10.200.3.4/ | true",
                "10.0.0.0/8 | http://11.0.0.1/ | false",
                "10.0.0.0/33 | http://10.0.0.0/ | false",
                "10.0.0.0/x | http://10.0.0.0/ | false",
                "10.0.0.0/8 | http://mirror.example/ | false",
                "10.0.0.0/8 | http://[fd00::1]/ | false",
                "fd00::/8 | http://[fd12::1]/ | true",
                "[fd00::1]:80 | http://[fd00:0::1]/ | true",
                "fd00::1 | http://[fd00::1]/ | true",
                "999.1.1.1 | http://10.0.0.1/ | false",
                "'' | http://localhost/ | true",
                "'' | http://127.0.0.9/ | true",
                "'' | http://[::1]/ | true",
                "'' | http://mirror.example/ | false",
            })
    void noProxyIsAsCurlHasIt(String list, URI uri, boolean direct) {
        assertEquals(direct, NoProxy.parse(list).covers(uri));
        String proxy = proxy(uri, Map.of(), Map.of("http_proxy", "one:1", "https_proxy", "one:1", "NO_PROXY", list));
        assertEquals(direct ? "jdk:1" : "one:1", proxy);
    }

    private static String proxy(URI uri, Map<String, String> properties, Map<String, String> environment) {
        InetSocketAddress address = (InetSocketAddress)
                choice(properties, environment).select(uri).get(0).address();
        return address.getHostString() + ":" + address.getPort();
    }

    private static ProxyChoice choice(Map<String, String> properties, Map<String, String> environment) {
        ProxySelector jdk = ProxySelector.of(InetSocketAddress.createUnresolved("jdk", 1));
        return new ProxyChoice(jdk, properties, environment);
    }
}
