package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a download, by http or https. User, password and the values of its query are secrets: they are in no
 * message, and {@link #toString} is without them.
 */
public final class SafeUrl {

    private final URI uri;
    private final Optional<String> userInfo;

    private SafeUrl(URI uri, Optional<String> userInfo) {
        this.uri = uri;
        this.userInfo = userInfo;
    }

    /**
     * Parses an address as a person types it.
     *
     * @throws IOException it is none of http or https, or broken; says what was expected, without repeating a secret
     */
    public static SafeUrl parse(String text) throws IOException {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            // Neither its message nor itself as cause: both repeat the whole address.
            throw new IOException("this is no URL: at character " + e.getIndex() + " " + e.getReason()
                    + "; expected http://… or https://…, with %20 for a space");
        }
        return of(uri);
    }

    static SafeUrl of(URI uri) throws IOException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IOException("this is a URL of the scheme '" + Names.shown(scheme)
                    + "'; expected http://… or https://…; a local file is given by its path");
        }
        if (uri.getHost() == null || uri.getPort() > 65_535) {
            throw new IOException(
                    "this is a URL without a host that can be asked; expected " + scheme + "://HOST/PATH");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        URI plain = URI.create(scheme + "://" + uri.getHost() + port + path + query);
        return new SafeUrl(URI.create(plain.toASCIIString()), Optional.ofNullable(uri.getUserInfo()));
    }

    /** The address without user, password and fragment: what a request is sent to. */
    URI uri() {
        return uri;
    }

    boolean isHttps() {
        return uri.getScheme().equals("https");
    }

    /**
     * Where a redirect leads; relative ones are resolved. A user or password in it is left out: it is not ours to use.
     *
     * @throws IOException it leads to no http or https, or from https to http
     */
    SafeUrl redirected(String location) throws IOException {
        URI target;
        try {
            target = uri.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new IOException(this + ": the server redirects to what is no URL; ask who runs it");
        }
        SafeUrl found;
        try {
            found = of(target);
        } catch (IOException e) {
            throw new IOException(this + ": the server redirects, and " + e.getMessage(), e);
        }
        if (isHttps() && !found.isHttps()) {
            throw new IOException(this + ": the server redirects from https to " + found
                    + ", which anybody on the way could change; give that address itself if it is to be trusted");
        }
        return new SafeUrl(found.uri, sameOrigin(found) ? userInfo : Optional.empty());
    }

    /** The value of {@code Authorization} (RFC 7617), when user and password are given. */
    Optional<String> authorization() {
        return userInfo.map(SafeUrl::basic);
    }

    static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    /** What the download is kept under: the same for the same address, user and query. */
    Digest key() {
        return Digest.ofContent((userInfo.orElse("") + "@" + uri).getBytes(UTF_8));
    }

    /** The last part of the path, decoded; may be empty. */
    String fileName() {
        String path = uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Without user, password and what is in the query. */
    @Override
    public String toString() {
        String whole = uri.toString();
        int query = whole.indexOf('?');
        return query < 0 ? whole : whole.substring(0, query) + "?…";
    }

    private boolean sameOrigin(SafeUrl other) {
        return uri.getScheme().equals(other.uri.getScheme())
                && uri.getHost().equalsIgnoreCase(other.uri.getHost())
                && uri.getPort() == other.uri.getPort();
    }
}
