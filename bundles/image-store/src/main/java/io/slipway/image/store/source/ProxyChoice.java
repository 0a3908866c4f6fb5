package io.slipway.image.store.source;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request goes through: that of the JDK's system properties ({@code http.proxyHost} and the others) where
 * they are set, else that of the environment, as curl takes it: {@code http_proxy}, {@code https_proxy}, {@code no_proxy}.
 * {@code HTTP_PROXY} is not looked at: in some surroundings it is a client's header.
 */
final class ProxyChoice extends ProxySelector {

    private final ProxySelector ofTheJdk;
    private final Map<String, String> properties;
    private final Map<String, String> environment;
    private final NoProxy direct;

    /** @param properties of the system, as far as they matter here */
    ProxyChoice(ProxySelector ofTheJdk, Map<String, String> properties, Map<String, String> environment) {
        this.ofTheJdk = ofTheJdk;
        this.properties = Map.copyOf(properties);
        this.environment = Map.copyOf(environment);
        this.direct =
                NoProxy.parse(variable("no_proxy").orElse(variable("NO_PROXY").orElse("")));
    }

    /** That of this process. */
    static ProxyChoice ofProcess() {
        return new ProxyChoice(
                Optional.ofNullable(ProxySelector.getDefault()).orElseGet(() -> ProxySelector.of(null)),
                Map.of(
                        "http.proxyHost", System.getProperty("http.proxyHost", ""),
                        "https.proxyHost", System.getProperty("https.proxyHost", ""),
                        "java.net.useSystemProxies", System.getProperty("java.net.useSystemProxies", "")),
                System.getenv());
    }

    @Override
    public List<Proxy> select(URI uri) {
        Optional<URI> proxy = ofEnvironment(uri);
        return proxy.isEmpty()
                ? ofTheJdk.select(uri)
                : List.of(new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(proxy.get().getHost(), port(proxy.get()))));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        ofTheJdk.connectFailed(uri, address, failure);
    }

    /** User and password for the proxy of a request, {@code user:password}, when the environment has them. */
    Optional<String> userInfo(URI uri) {
        return ofEnvironment(uri).flatMap(proxy -> Optional.ofNullable(proxy.getUserInfo()));
    }

    private Optional<URI> ofEnvironment(URI uri) {
        boolean ofProperties =
                !properties.getOrDefault(uri.getScheme() + ".proxyHost", "").isEmpty()
                        || Boolean.parseBoolean(properties.get("java.net.useSystemProxies"));
        if (ofProperties || direct.covers(uri)) {
            return Optional.empty();
        }
        Optional<String> text = variable(uri.getScheme() + "_proxy");
        if (text.isEmpty() && uri.getScheme().equals("https")) {
            text = variable("HTTPS_PROXY");
        }
        return text.flatMap(ProxyChoice::proxy);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Without a scheme it is http, as for curl; a proxy of another kind, or a broken address, is none. */
    private static Optional<URI> proxy(String text) {
        try {
            URI proxy = new URI(text.contains("://") ? text : "http://" + text);
            boolean usable = proxy.getHost() != null
                    && proxy.getScheme().toLowerCase(Locale.ROOT).equals("http");
            return usable ? Optional.of(proxy) : Optional.empty();
        } catch (URISyntaxException broken) {
            return Optional.empty();
        }
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }
}
