package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a fake registry finds out who asks.
 *
 * @param realm empty: by the password itself; else where it sends those who need a token
 */
record FakeLogin(String user, String password, String realm, Map<String, String> tokens, AtomicInteger given) {

    static FakeLogin basic(String user, String password) {
        return new FakeLogin(user, password, "", new ConcurrentHashMap<>(), new AtomicInteger());
    }

    /** Its tokens are at {@code /token}. */
    static FakeLogin bearer(String user, String password, String realm) {
        return new FakeLogin(user, password, realm, new ConcurrentHashMap<>(), new AtomicInteger());
    }

    /** From now on no token that was given is good any more. */
    void forget() {
        tokens.clear();
    }

    /** Whether it has answered: a token, or a refusal. */
    boolean answers(HttpExchange exchange) throws IOException {
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String basic = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        if (exchange.getRequestURI().getPath().equals("/token")) {
            give(exchange, sent.equals(basic));
            return true;
        }
        if (realm.isEmpty() ? sent.equals(basic) : tokens.containsKey(sent)) {
            return false;
        }
        String path = exchange.getRequestURI().getPath();
        String scope = path.equals("/v2/_catalog")
                ? "registry:catalog:*"
                : "repository:" + path.replaceAll("/v2/(.+)/(manifests|blobs|tags)/.*", "$1") + ":pull,push";
        String challenge = realm.isEmpty()
                ? "Basic realm=\"a registry\""
                : "Bearer realm=\"" + realm + "\",service=\"fake\",scope=\"" + scope + "\"";
        FakeReplies.error(401, "UNAUTHORIZED", "authentication required", "WWW-Authenticate", challenge)
                .to(exchange);
        return true;
    }

    private void give(HttpExchange exchange, boolean isKnown) throws IOException {
        if (!isKnown) {
            FakeReplies.error(401, "UNAUTHORIZED", "incorrect username or password")
                    .to(exchange);
            return;
        }
        String token = "token-" + given.incrementAndGet();
        tokens.put("Bearer " + token, exchange.getRequestURI().getQuery());
        FakeReplies.text(200, "{\"token\":\"" + token + "\",\"expires_in\":300}")
                .to(exchange);
    }
}
