package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * By what a registry knows us: the password itself (Basic, RFC 7617), or a token that another server gives for it
 * (Bearer; Docker's token authentication, which all registries have). The password goes to the registry, and to the
 * server of tokens that it names, if that is reached by https or is the registry's own host. A mirror gets none.
 */
final class Tokens {

    /** Sends a request as it is, without being asked who we are, and without going where it is sent on to. */
    interface Fetch {
        Answer get(URI address, Optional<String> authorization) throws IOException;
    }

    private record Key(Origin origin, Scope scope) {}

    /** @param end when it must not be used any more, by the clock */
    private record Token(String authorization, long end) {}

    private static final int MOST = 1024;
    private static final int LARGEST = 1 << 20;

    /** How long a token holds when its server does not say, in seconds (token authentication, "expires_in"). */
    private static final long USUAL = 60;

    private static final long LONGEST = 86_400;

    private final Settings settings;
    private final Trouble trouble;
    private final LongSupplier clock;
    private final Fetch fetch;
    private final Set<Origin> basic = ConcurrentHashMap.newKeySet();
    private final Map<Key, Token> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Token> eldest) {
            return size() > MOST;
        }
    };

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    Tokens(Settings settings, Trouble trouble, LongSupplier clock, Fetch fetch) {
        this.settings = settings;
        this.trouble = trouble;
        this.clock = clock;
        this.fetch = fetch;
    }

    /** What to send at once, as the registry has asked for it before. */
    Optional<String> known(Origin origin, Scope scope) throws IOException {
        Optional<Login> login = login(origin);
        if (login.isPresent() && basic.contains(origin)) {
            return Optional.of(login.get().basic());
        }
        synchronized (tokens) {
            return Optional.ofNullable(tokens.get(new Key(origin, scope)))
                    .filter(token -> token.end() - clock.getAsLong() > 0)
                    .map(Token::authorization);
        }
    }

    /**
     * What to send after a refusal; empty when we have nothing that was not refused already.
     *
     * @throws IOException no token can be had
     */
    Optional<String> after(Answer refusal, Origin origin, Scope scope, Optional<String> refused) throws IOException {
        synchronized (tokens) {
            tokens.remove(new Key(origin, scope));
        }
        List<Challenge> challenges = Challenge.parse(refusal.headers("WWW-Authenticate"));
        Optional<Login> login = login(origin);
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return Optional.of(token(refusal, challenge, origin, scope));
            }
        }
        boolean wantsPassword = challenges.stream().anyMatch(it -> it.scheme().equals("basic"));
        if (!wantsPassword || login.isEmpty()) {
            return Optional.empty();
        }
        String authorization = login.get().basic();
        if (refused.equals(Optional.of(authorization))) {
            return Optional.empty();
        }
        basic.add(origin);
        return Optional.of(authorization);
    }

    private Optional<Login> login(Origin origin) {
        return settings.login().filter(login -> origin.equals(settings.registry()));
    }

    private String token(Answer refusal, Challenge challenge, Origin origin, Scope scope) throws IOException {
        URI address = address(refusal, challenge, scope);
        Origin realm = origin(refusal, address);
        Optional<Login> login = login(origin);
        Optional<String> authorization = Optional.empty();
        if (login.isPresent()) {
            if (!realm.isEncrypted() && !(realm.host().equals(origin.host()) && !origin.isEncrypted())) {
                throw trouble.content(
                        "GET",
                        refusal,
                        "tokens come from " + realm + ", to which a password is not sent",
                        "let the registry name an https address as its realm");
            }
            authorization = Optional.of(login.get().basic());
        }
        try (Answer answer = fetch.get(address, authorization)) {
            if (answer.status() != 200) {
                throw trouble.status("GET", answer);
            }
            Token token = read(answer);
            synchronized (tokens) {
                tokens.put(new Key(origin, scope), token);
            }
            return token.authorization();
        }
    }

    private Origin origin(Answer refusal, URI address) throws IOException {
        try {
            return Origin.of(address);
        } catch (IllegalArgumentException e) {
            throw trouble.broken("GET", refusal, "it names no server of tokens (" + e.getMessage() + ")");
        }
    }

    /** The realm with the service and what the token is for; one parameter for each entry of a scope. */
    private URI address(Answer refusal, Challenge challenge, Scope scope) throws IOException {
        String realm = challenge.parameter("realm").orElse("");
        StringBuilder address = new StringBuilder(realm);
        char separator = realm.indexOf('?') < 0 ? '?' : '&';
        Optional<String> service = challenge.parameter("service");
        if (service.isPresent()) {
            address.append(separator).append("service=").append(encoded(service.get()));
            separator = '&';
        }
        List<String> entries = challenge
                .parameter("scope")
                .filter(text -> !text.isBlank())
                .map(text -> List.of(text.strip().split(" +")))
                .orElse(scope.entries());
        for (String entry : entries) {
            address.append(separator).append("scope=").append(encoded(entry));
            separator = '&';
        }
        try {
            return URI.create(address.toString());
        } catch (IllegalArgumentException e) {
            throw trouble.broken("GET", refusal, "its realm '" + Trouble.shown(realm) + "' is no address");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private Token read(Answer answer) throws IOException {
        try {
            JsonNode root = Json.object(answer.bytes(LARGEST));
            String text = root.path("token").asText(root.path("access_token").asText());
            if (!text.matches("[!-~]+")) {
                throw new IOException("there is no token in it");
            }
            long seconds = Math.min(Math.max(root.path("expires_in").asLong(USUAL), 1), LONGEST);
            // Not to its very end: the request takes its time, and clocks differ.
            long safe = Math.max(seconds - 10, seconds / 2) * 1_000_000_000;
            return new Token("Bearer " + text, clock.getAsLong() + safe);
        } catch (IOException e) {
            throw trouble.content("GET", answer, e.getMessage(), "see the server that the registry names for tokens");
        }
    }
}
