package io.slipway.storage.oci;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Speaks to one registry and its mirrors. Who we are is told to the registry alone, and never where it sends a request
 * on to. Safe for use by many threads.
 */
final class RegistryClient {

    /** How often a request is sent on at most. */
    private static final int HOPS = 5;

    /** How long an address that did not answer is not asked while another does, in nanoseconds. */
    private static final long REST = 30_000_000_000L;

    /**
     * @param end by the clock
     * @param why it did not answer
     */
    private record Rest(long end, RegistryException why) {}

    private final Settings settings;
    private final Trouble trouble;
    private final HttpClient http;
    private final Pause pause;
    private final LongSupplier clock;
    private final Tokens tokens;
    private final Map<Origin, Rest> resting = new ConcurrentHashMap<>();

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    RegistryClient(Settings settings, HttpClient http, Pause pause, LongSupplier clock) {
        this.settings = settings;
        this.trouble = Trouble.of(settings);
        this.http = http;
        this.pause = pause;
        this.clock = clock;
        this.tokens = new Tokens(
                settings,
                trouble,
                clock,
                (address, authorization) -> once(Call.get(address.toString(), Scope.CATALOG), address, authorization));
    }

    Trouble trouble() {
        return trouble;
    }

    Pause pause() {
        return pause;
    }

    /**
     * Asks the registry itself.
     *
     * @return an answer with an expected status
     * @throws RegistryException there is none; it says why, and what helps
     */
    Answer push(Call call) throws IOException {
        return expected(call, persistently(settings.registry(), call));
    }

    boolean hasMirrors() {
        return settings.origins().size() > 1;
    }

    /**
     * Asks the registry, and its mirrors when it does not answer. That a mirror has something counts; that it lacks
     * something does not.
     *
     * @return an answer with an expected status
     * @throws RegistryException there is none; it says why the registry has none, and what helps
     */
    Answer pull(Call call) throws IOException {
        List<RegistryException> failures = new ArrayList<>();
        boolean isAnyAwake =
                settings.origins().stream().anyMatch(origin -> rest(origin).isEmpty());
        for (Origin origin : settings.origins()) {
            Optional<Rest> rest = rest(origin);
            if (rest.isPresent() && isAnyAwake) {
                failures.add(rest.get().why());
                continue;
            }
            try {
                return answer(origin, call);
            } catch (RegistryException e) {
                boolean isNoAnswer = e.isUnanswered() || e.status() >= 500;
                if (isNoAnswer) {
                    resting.put(origin, new Rest(clock.getAsLong() + REST, e));
                } else if (origin.equals(settings.registry())) {
                    throw e;
                }
                failures.add(e);
            }
        }
        RegistryException first = failures.get(0);
        throw new RegistryException(first.getMessage(), first.status(), first);
    }

    /** What a mirror has counts; that it lacks something does not. */
    private Answer answer(Origin origin, Call call) throws IOException {
        Answer answer = persistently(origin, call);
        resting.remove(origin);
        if (origin.equals(settings.registry()) || answer.status() / 100 == 2) {
            return expected(call, answer);
        }
        throw trouble.status(call.method(), answer);
    }

    private Optional<Rest> rest(Origin origin) {
        return Optional.ofNullable(resting.get(origin)).filter(rest -> rest.end() - clock.getAsLong() > 0);
    }

    private Answer expected(Call call, Answer answer) throws RegistryException {
        if (call.expected().contains(answer.status())) {
            return answer;
        }
        throw trouble.status(call.method(), answer);
    }

    /** Sends it again where that may help. */
    private Answer persistently(Origin origin, Call call) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Answer answer;
            try {
                answer = authorized(origin, call);
            } catch (RegistryException e) {
                // A connection that was kept open may be closed by the other side at the moment that it is used.
                boolean mayHaveBeenStale = attempt == 1
                        && call.isRepeatable()
                        && e.isUnanswered()
                        && e.getCause() != null
                        && e.getCause().getClass().equals(IOException.class);
                if (mayHaveBeenStale) {
                    continue;
                }
                throw e;
            }
            Optional<Duration> wait = call.isRepeatable() ? Retries.after(answer, attempt) : Optional.empty();
            if (wait.isEmpty()) {
                return answer;
            }
            answer.close();
            pause.await(wait.get());
        }
    }

    private Answer authorized(Origin origin, Call call) throws IOException {
        Optional<String> sent = tokens.known(origin, call.scope());
        Answer answer = follow(origin, call, sent);
        // Who else wants to know who we are, where the registry has sent us, is not told.
        if (answer.status() != 401 || !Origin.of(answer.address()).equals(origin)) {
            return answer;
        }
        Optional<String> better = tokens.after(answer, origin, call.scope(), sent);
        if (better.isEmpty()) {
            return answer;
        }
        answer.close();
        return follow(origin, call, better);
    }

    /** Goes where the registry sends a request on to: registries have their blobs elsewhere. */
    private Answer follow(Origin origin, Call call, Optional<String> authorization) throws IOException {
        URI address = address(origin, call.target());
        for (int hop = 0; hop <= HOPS; hop++) {
            boolean isAtHome = Origin.of(address).equals(origin);
            Answer answer = once(call, address, isAtHome ? authorization : Optional.empty());
            if (!call.isSafe() || !isRedirect(answer.status())) {
                return answer;
            }
            URI next = next(call, answer);
            answer.close();
            if (Origin.of(address).isEncrypted() && !Origin.of(next).isEncrypted()) {
                throw trouble.downgraded(call.method(), address, next);
            }
            address = next;
        }
        throw trouble.redirects(call.method(), address);
    }

    /** RFC 9110 section 15.4. */
    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private URI next(Call call, Answer answer) throws RegistryException {
        String location = answer.header("Location").orElse("");
        try {
            URI next = answer.address().resolve(location);
            if (!location.isEmpty() && Origin.of(next).port() > 0) {
                return next;
            }
            throw trouble.broken(call.method(), answer, "it is sent on to nowhere");
        } catch (IllegalArgumentException e) {
            throw trouble.broken(
                    call.method(), answer, "it is sent on to '" + Trouble.shown(location) + "', which is no address");
        }
    }

    /** An address that the registry named may be elsewhere, but not less safe. */
    private URI address(Origin origin, String target) throws RegistryException {
        if (target.startsWith("/")) {
            return origin.at(target);
        }
        URI address = URI.create(target);
        if (origin.isEncrypted() && !Origin.of(address).isEncrypted()) {
            throw trouble.downgraded("ask", origin.at("/"), address);
        }
        return address;
    }

    /** Sends one request as it is. */
    private Answer once(Call call, URI address, Optional<String> authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.timeout());
        call.headers().forEach(request::setHeader);
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        if (call.method().equals("GET")) {
            request.GET();
        } else {
            request.method(call.method(), call.body().orElse(BodyPublishers.noBody()));
        }
        try {
            return new Answer(http.send(request.build(), head -> new TimedBody(settings.timeout())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            throw trouble.unanswered(call.method(), address, e);
        }
    }
}
