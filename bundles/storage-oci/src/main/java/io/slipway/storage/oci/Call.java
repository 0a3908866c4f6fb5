package io.slipway.storage.oci;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One request to a registry, before it is known which of its addresses it goes to.
 *
 * @param target a path of the registry's API; or a whole address, as the registry named it for an upload
 * @param scope what a token must allow for it
 * @param expected the statuses that are an answer; every other one is an error
 * @param isRepeatable whether it may be sent again when it is not known whether it came through
 */
record Call(
        String method,
        String target,
        Scope scope,
        Map<String, String> headers,
        Optional<BodyPublisher> body,
        Set<Integer> expected,
        boolean isRepeatable) {

    Call {
        headers = Map.copyOf(headers);
        expected = Set.copyOf(expected);
    }

    static Call of(String method, String target, Scope scope) {
        return new Call(method, target, scope, Map.of(), Optional.empty(), Set.of(200), true);
    }

    static Call get(String target, Scope scope) {
        return of("GET", target, scope);
    }

    /** Of what may be absent: 404 is an answer, too. */
    static Call head(String target, Scope scope) {
        return of("HEAD", target, scope).expecting(200, 404);
    }

    Call with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Call(method, target, scope, more, body, expected, isRepeatable);
    }

    /** @param bytes must not change before the call is over */
    Call sending(byte[] bytes, int offset, int length) {
        BodyPublisher some = length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes, offset, length);
        return new Call(method, target, scope, headers, Optional.of(some), expected, isRepeatable);
    }

    Call expecting(Integer... statuses) {
        return new Call(method, target, scope, headers, body, Set.of(statuses), isRepeatable);
    }

    Call onlyOnce() {
        return new Call(method, target, scope, headers, body, expected, false);
    }

    /** Only what changes nothing is sent on to where the registry points. */
    boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
