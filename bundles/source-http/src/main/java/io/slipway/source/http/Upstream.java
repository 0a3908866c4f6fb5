package io.slipway.source.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The other server.
 *
 * @param trust by which its certificate is judged; empty: Java's own
 */
record Upstream(Settings settings, Optional<SSLSocketFactory> trust) {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    /** @throws IOException the certificates of the configuration cannot be read; names the file */
    static Upstream of(Settings settings) throws IOException {
        return new Upstream(
                settings,
                settings.caFile().isPresent()
                        ? Optional.of(
                                trusting(settings.place(), settings.caFile().get()))
                        : Optional.empty());
    }

    /**
     * Asks for a file.
     *
     * @param known what we have of it: the answer is 304 when that is still its content (RFC 9110 section 13.1)
     * @throws UpstreamException it does not answer
     */
    Answer get(RemotePath path, Optional<Entry> known) throws IOException {
        URI uri = URI.create(settings.url() + "/" + path.escaped());
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            Answer answer = ask(uri, known);
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            answer.close();
            uri = next(uri, answer);
        }
        throw new UpstreamException(
                "more than " + MOST_REDIRECTS + " redirects of " + settings.url() + "/" + path.escaped()
                        + "; mend url in " + settings.place(),
                false);
    }

    private URI next(URI from, Answer answer) throws IOException {
        try {
            URI to = from.resolve(new URI(answer.header("Location").orElse("")));
            boolean isHttp = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
            boolean isLess = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
            if (isHttp && !isLess && to.getHost() != null && to.getRawUserInfo() == null) {
                return to;
            }
        } catch (URISyntaxException e) {
            throw badRedirect(from);
        }
        throw badRedirect(from);
    }

    private UpstreamException badRedirect(URI from) {
        return new UpstreamException(
                from + " redirects to what is no http or https address, or from https to http; mend url in "
                        + settings.place(),
                false);
    }

    private Answer ask(URI uri, Optional<Entry> known) throws IOException {
        HttpURLConnection connection = connection(uri);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) settings.timeout().toMillis());
        connection.setReadTimeout((int) settings.timeout().toMillis());
        connection.setRequestProperty("User-Agent", "Slipway");
        connection.setRequestProperty("Accept", "*/*");
        // What is kept is what is served, byte by byte.
        connection.setRequestProperty("Accept-Encoding", "identity");
        known.flatMap(Entry::etag).ifPresent(tag -> connection.setRequestProperty("If-None-Match", tag));
        known.flatMap(Entry::modified).ifPresent(time -> connection.setRequestProperty("If-Modified-Since", time));
        try {
            return new Answer(uri, connection, connection.getResponseCode());
        } catch (IOException e) {
            connection.disconnect();
            throw new UpstreamException(uri + ": " + reason(e), true, e);
        }
    }

    private HttpURLConnection connection(URI uri) throws IOException {
        Proxy proxy = settings.proxy()
                .map(address -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), address.getPort())))
                .orElse(Proxy.NO_PROXY);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(proxy);
        if (connection instanceof HttpsURLConnection secure) {
            trust.ifPresent(secure::setSSLSocketFactory);
        }
        return connection;
    }

    private String reason(IOException e) {
        String place = settings.place();
        if (e instanceof UnknownHostException) {
            return "its host name is not known; mend url or proxy in " + place + ", or this machine's DNS";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer within " + settings.timeout().toSeconds()
                    + " s; look at that server and the network, or raise" + " timeout in " + place;
        }
        if (e instanceof SSLException) {
            return "no trust (" + e.getMessage() + "); name the certificate of those who vouch for it with caFile in "
                    + place;
        }
        return "no answer (" + e.getMessage() + "); look at that server and the network, or mend url in " + place;
    }

    private static SSLSocketFactory trusting(String place, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("it has no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    place + ": caFile = " + file + "; expected a PEM file of certificates (" + e.getMessage() + ")", e);
        }
    }
}
