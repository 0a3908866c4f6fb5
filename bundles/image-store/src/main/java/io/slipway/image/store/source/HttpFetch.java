package io.slipway.image.store.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a GET and follows redirects. Not left to the JDK, which follows them from https to http or not at all, and would
 * take the password along.
 */
final class HttpFetch {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 10;

    private final DownloadTerms terms;
    private final ProxyChoice proxies;
    private final HttpClient client;

    HttpFetch(DownloadTerms terms, ProxyChoice proxies) {
        this.terms = terms;
        this.proxies = proxies;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(terms.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .build();
    }

    /**
     * The answer that is no redirect. The caller closes it.
     *
     * @throws TransientFault there is no answer now
     * @throws IOException there will be none
     */
    HttpAnswer get(SafeUrl url, Map<String, String> headers) throws IOException {
        SafeUrl at = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpAnswer answer = new HttpAnswer(at, send(at, headers));
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            answer.close();
            Optional<String> location = answer.header("Location");
            if (location.isEmpty()) {
                throw new IOException(at + ": the server redirects and does not say where to; ask who runs it");
            }
            at = at.redirected(location.get());
        }
        throw new IOException(url + ": the server redirects more than " + MOST_REDIRECTS
                + " times; give the address where the file is");
    }

    private HttpResponse<InputStream> send(SafeUrl url, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.uri())
                .header("User-Agent", "Slipway")
                // The bytes as they are kept there: ranges are of those.
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        url.authorization().ifPresent(value -> request.header("Authorization", value));
        proxies.userInfo(url.uri()).ifPresent(user -> request.header("Proxy-Authorization", SafeUrl.basic(user)));
        CompletableFuture<HttpResponse<InputStream>> sent =
                client.sendAsync(request.build(), info -> new BodyStream(terms.silence()));
        boolean answered = false;
        try {
            HttpResponse<InputStream> response =
                    sent.get(terms.connect().plus(terms.silence()).toMillis(), TimeUnit.MILLISECONDS);
            answered = true;
            return response;
        } catch (ExecutionException e) {
            throw HttpFault.of(url, e.getCause());
        } catch (TimeoutException e) {
            throw new TransientFault(
                    url + ": the server does not answer within "
                            + terms.silence().toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(url + ": stopped");
        } finally {
            if (!answered) {
                sent.cancel(true);
            }
        }
    }
}
