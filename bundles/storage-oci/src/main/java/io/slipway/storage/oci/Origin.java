package io.slipway.storage.oci;

import java.net.URI;
import java.util.Locale;

/**
 * Where a server is (RFC 6454): what is secret goes to one origin and to no other.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; an IPv6 address in brackets
 * @param port never the "none" of a URI
 */
record Origin(String scheme, String host, int port) {

    /** @throws IllegalArgumentException when the address is not of HTTP or names no host */
    static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("scheme '" + scheme + "'; expected https or http");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 0xffff) {
            throw new IllegalArgumentException("expected a host, and a port of 1 to 65535 or none");
        }
        int usual = scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** @param path begins with a slash, and is encoded already */
    URI at(String path) {
        return URI.create(this + path);
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Whether what is sent there stays on this machine. */
    boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    @Override
    public String toString() {
        boolean isUsual = port == (isEncrypted() ? 443 : 80);
        return scheme + "://" + host + (isUsual ? "" : ":" + port);
    }
}
