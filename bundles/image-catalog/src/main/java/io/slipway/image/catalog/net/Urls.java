package io.slipway.image.catalog.net;

import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Addresses of HTTP and HTTPS. */
public final class Urls {

    private Urls() {}

    /** An absolute address with a host; empty when it is none. */
    public static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            return isHttp(url) && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            // It is not quoted: there may be a password in it.
            return Optional.empty();
        }
    }

    public static boolean isHttps(URI url) {
        return "https".equals(scheme(url));
    }

    static boolean isHttp(URI url) {
        return isHttps(url) || "http".equals(scheme(url));
    }

    /** For messages: without user, password and query. */
    public static String shown(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }

    /** What is asked: without user, password and fragment, which are not sent (RFC 9110 sections 4.2.4 and 7.1). */
    static URI request(URI url) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(shown(url) + query);
    }

    static boolean isSameOrigin(URI one, URI other) {
        return scheme(one).equals(scheme(other))
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    /**
     * Where a redirect leads to (RFC 9110 section 15.4).
     *
     * @throws IOException it is no address, or what was asked for by HTTPS would be fetched in the clear
     */
    static URI redirected(URI at, String location) throws IOException {
        Optional<URI> to;
        try {
            to = location.isEmpty()
                    ? Optional.empty()
                    : parse(at.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            throw new IOException(shown(at) + " is redirected to what is no address", e);
        }
        if (to.isEmpty()) {
            throw new IOException(shown(at) + " is redirected to no address of http or https");
        }
        if (isHttps(at) && !isHttps(to.get())) {
            throw new IOException(shown(at) + " is redirected to " + shown(to.get())
                    + ", where anybody may change what is sent; it is not followed. Name another address under mirrors in"
                    + " etc/io.slipway.image.catalog.cfg");
        }
        return to.get();
    }

    /** The user and password that stand in an address (RFC 3986 section 3.2.1). */
    static Optional<PasswordAuthentication> login(URI url) {
        return Optional.ofNullable(url.getUserInfo())
                .map(info -> info.split(":", 2))
                .map(info ->
                        new PasswordAuthentication(info[0], info.length == 2 ? info[1].toCharArray() : new char[0]));
    }

    private static String scheme(URI url) {
        return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    }
}
