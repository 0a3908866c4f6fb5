package io.slipway.image.catalog.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which proxy is asked for which address: by the configuration, or else by the environment, as curl does. */
public final class Proxies extends ProxySelector {

    /** What a configuration says that wants no proxy, whatever the environment says. */
    public static final String NONE = "none";

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Optional<URI> http;
    private final Optional<URI> https;
    private final List<String> direct;

    private Proxies(Optional<URI> http, Optional<URI> https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    /**
     * Reads what is configured.
     *
     * @param configured an address of a proxy, {@value #NONE}, or nothing: then {@code http_proxy} and
     *     {@code https_proxy} of the environment count; {@code no_proxy} always does
     * @throws IllegalArgumentException what was expected, without what stands there: it may hold a password
     */
    public static Proxies of(String configured, Map<String, String> environment) {
        String expected = "the http:// address of a proxy, " + NONE + ", or nothing";
        List<String> direct = Arrays.stream(variable(environment, "no_proxy", "NO_PROXY")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .toList();
        if (configured.isBlank()) {
            // HTTP_PROXY in capitals is what a client's header becomes where a server is run as CGI, so nobody reads
            // it.
            return new Proxies(
                    variable(environment, "http_proxy").map(text -> proxy(text, expected + " in http_proxy")),
                    variable(environment, "https_proxy", "HTTPS_PROXY")
                            .map(text -> proxy(text, expected + " in https_proxy")),
                    direct);
        }
        Optional<URI> both =
                configured.strip().equals(NONE) ? Optional.empty() : Optional.of(proxy(configured, expected));
        return new Proxies(both, both, direct);
    }

    @Override
    public List<Proxy> select(URI address) {
        Optional<URI> proxy = isDirect(address) ? Optional.empty() : Urls.isHttps(address) ? https : http;
        return proxy.map(url -> List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), port(url)))))
                .orElseGet(() -> List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException why) {
        // Download tells it, to whom it was that asked.
    }

    /** Without users and passwords. */
    @Override
    public String toString() {
        return "Proxies[http=" + http.map(Urls::shown) + ", https=" + https.map(Urls::shown) + ", direct=" + direct
                + "]";
    }

    /** Whether an address of a proxy has a user in it. */
    boolean haveLogins() {
        return Stream.of(http, https).flatMap(Optional::stream).anyMatch(proxy -> proxy.getUserInfo() != null);
    }

    /** The user and password that stand in a proxy's address. */
    Optional<PasswordAuthentication> login(String host, int port) {
        return Stream.of(http, https)
                .flatMap(Optional::stream)
                .filter(proxy -> proxy.getHost().equalsIgnoreCase(host) && port(proxy) == port)
                .flatMap(proxy -> Urls.login(proxy).stream())
                .findFirst();
    }

    /** A name stands for itself and what is below it, with a port for that port only; {@code *} for all. */
    private boolean isDirect(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return direct.stream().anyMatch(name -> {
            String bare = name.startsWith(".") ? name.substring(1) : name;
            return name.equals("*")
                    || host.equals(bare)
                    || host.endsWith("." + bare)
                    || bare.equals(host + ":" + port(address));
        });
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return Urls.isHttps(url) ? HTTPS_PORT : HTTP_PORT;
    }

    private static Optional<String> variable(Map<String, String> environment, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A proxy is spoken to in the clear, also about HTTPS: its address may come without a scheme, too. */
    private static URI proxy(String text, String expected) {
        String stripped = text.strip();
        return Urls.parse(stripped.contains("://") ? stripped : "http://" + stripped)
                .filter(url -> !Urls.isHttps(url))
                .orElseThrow(() -> new IllegalArgumentException(expected));
    }
}
