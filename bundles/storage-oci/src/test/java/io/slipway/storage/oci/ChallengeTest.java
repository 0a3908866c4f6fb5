package io.slipway.storage.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

    @Test
    void readsThatOfAServerOfTokens() {
        assertEquals(
                List.of(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example/token",
                                "service", "registry.example",
                                "scope", "repository:lab/debian:pull,push"))),
                Challenge.parse(List.of("Bearer realm=\"https://auth.example/token\",service=\"registry.example\","
                        + "scope=\"repository:lab/debian:pull,push\"")));
    }

    @Test
    void readsSeveralInOneField() {
        List<Challenge> all = Challenge.parse(
                List.of("Negotiate YWJj==, Basic realm=\"a, \\\"b\\\"\" , charset = UTF-8, NTLM,Bearer realm=x, ,"));
        assertEquals(
                List.of(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "a, \"b\"", "charset", "UTF-8")),
                        new Challenge("ntlm", Map.of()),
                        new Challenge("bearer", Map.of("realm", "x"))),
                all);
    }

    @Test
    void readsSeveralFields() {
        assertEquals(
                List.of("basic", "bearer"),
                Challenge.parse(List.of("BASIC", "bearer REALM=\"x\"")).stream()
                        .map(Challenge::scheme)
                        .toList());
    }

    @Test
    void theFirstParameterOfANameCounts() {
        Challenge only = Challenge.parse(List.of("Bearer realm=one, Realm=two")).get(0);
        assertEquals(Map.of("realm", "one"), only.parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "=", "\"", "=x", "\u00e9"})
    void whatIsNoChallengeIsNone(String field) {
        assertEquals(List.of(), Challenge.parse(List.of(field)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"x\", service=\"never ends",
                "Bearer realm=\"x\", service=",
                "Bearer realm=\"x\", (",
                "Bearer realm=\"x\", service=\"\\"
            })
    void whatIsBrokenEndsTheField(String field) {
        assertEquals(List.of(new Challenge("bearer", Map.of("realm", "x"))), Challenge.parse(List.of(field)));
    }

    @Test
    void whatIsTooLongIsCut() {
        assertEquals(
                List.of(new Challenge("bearer", Map.of())),
                Challenge.parse(List.of("Bearer realm=\"" + "x".repeat(100_000) + "\"")));
    }

    /** Whatever is written is read again, however it is spaced. */
    @Test
    void readsWhatWasWritten() {
        Random random = new Random(7351);
        for (int run = 0; run < 2_000; run++) {
            List<Challenge> written = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                Map<String, String> parameters = new LinkedHashMap<>();
                for (int p = random.nextInt(4); p > 0; p--) {
                    parameters.put("p" + p + text(random, "abc-!#"), text(random, " ,=\"\\abc:/\u00e9"));
                }
                written.add(new Challenge("s" + text(random, "abc-+"), parameters));
            }
            String field = written.stream()
                    .map(challenge -> format(challenge, random))
                    .collect(Collectors.joining(random.nextBoolean() ? "," : " ,\t, "));
            assertEquals(written, Challenge.parse(List.of(field)), field);
        }
    }

    private static String format(Challenge challenge, Random random) {
        String parameters = challenge.parameters().entrySet().stream()
                .map(it -> it.getKey() + (random.nextBoolean() ? "=" : " =\t") + "\""
                        + it.getValue().replaceAll("[\"\\\\]", "\\\\$0") + "\"")
                .collect(Collectors.joining(random.nextBoolean() ? "," : " , "));
        String scheme =
                random.nextBoolean() ? challenge.scheme() : challenge.scheme().toUpperCase(Locale.ROOT);
        return scheme + (parameters.isEmpty() ? "" : " " + parameters);
    }

    private static String text(Random random, String letters) {
        return random.ints(random.nextInt(6), 0, letters.length())
                .mapToObj(at -> letters.substring(at, at + 1))
                .collect(Collectors.joining());
    }
}
