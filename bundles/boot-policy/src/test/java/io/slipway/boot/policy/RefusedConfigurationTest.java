package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error names file, line and column. */
class RefusedConfigurationTest {

    private static Arguments profile(String keys, String expected) {
        return Arguments.of("profiles:\n  p: " + keys, expected);
    }

    private static Arguments group(String keys, String expected) {
        return Arguments.of("profiles: { p: { local: true }, q: { local: true } }\ngroups:\n  g: " + keys, expected);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("- a", "a.yaml:1:1: expected 'profiles:', 'groups:' or 'machines:', not a list"),
                Arguments.of(
                        "hello", "a.yaml:1:1: expected 'profiles:', 'groups:' or 'machines:', not the text 'hello'"),
                Arguments.of("profiles: { x: }", "a.yaml:1:15: expected a profile's keys, not nothing"),
                Arguments.of("grups: {}", "a.yaml:1:1: unknown key 'grups'; did you mean 'groups'?"),
                Arguments.of("zzz: {}", "a.yaml:1:1: unknown key 'zzz'; expected one of groups, machines, profiles"),
                Arguments.of("? [a]\n: b", "a.yaml:1:3: expected a key, not a list"),
                Arguments.of("profiles: {\"a b\": {}}", "a.yaml:1:12: profile name 'a b'; expected letters, digits"),
                Arguments.of("profiles: []", "a.yaml:1:11: expected names of profiles, not a list"),
                Arguments.of("profiles: {}\n---\ngroups: {}", "a.yaml:2:1: but found another document"),
                Arguments.of("profiles:\n\tp: {}", "a.yaml:2:1: a tab; indent with blanks"),
                Arguments.of("profiles: {", "a.yaml:1:12: "),
                Arguments.of("a: b: c", "a.yaml:1:5: mapping values are not allowed here"),
                Arguments.of("profiles: {}\nx: \u0007", "a.yaml:2:4: a character that YAML does not allow"),
                profile("!!java.io.File {}", "a.yaml:2:6: tag 'tag:yaml.org,2002:java.io.File' is not allowed"),
                profile("{ title: !secret x }", "a.yaml:2:15: tag '!secret' is not allowed"),
                profile("{ title: !!binary aGk= }", "a.yaml:2:15: tag 'tag:yaml.org,2002:binary' is not allowed"),
                profile("{ <<: {}, image: a }", "a.yaml:2:8: unknown key '<<'"),
                profile(
                        "{ image: a, title: x, image: b }",
                        "a.yaml:2:28: 'image' is here twice; the first is at a.yaml:2"),
                profile("{}", "a.yaml:2:3: profile 'p' has nothing to boot"),
                profile("{ local: false }", "a.yaml:2:3: profile 'p' has nothing to boot"),
                profile("{ local: maybe }", "a.yaml:2:15: expected true or false, not 'maybe'"),
                profile("{ local: true, image: a }", "a.yaml:2:21: 'image' makes no sense with local: true"),
                profile("{ image: a, efi: b, initrd: c }", "a.yaml:2:26: 'initrd' makes no sense with 'efi'"),
                profile("{ image: Debian }", "a.yaml:2:15: image name 'Debian'; expected lower-case"),
                profile("{ image: \"a:b:c\" }", "a.yaml:2:15: image tag 'b:c'"),
                profile("{ image: }", "a.yaml:2:14: expected an image such as debian-12:current, but there is nothing"),
                profile("{ image: a, kernel: /linux }", "a.yaml:2:26: path '/linux'; expected a relative path"),
                profile("{ image: a, kernel: a/../b }", "a.yaml:2:26: path 'a/../b'; expected a relative path"),
                profile("{ image: a, initrd: [b, \"c d\"] }", "a.yaml:2:30: path 'c d'; expected a relative path"),
                profile("{ image: a, arguments: \"x\\ny\" }", "a.yaml:2:29: expected arguments on one line"),
                profile("{ image: a, arguments: quiet initrd=x }", "a.yaml:2:29: initrd= and BOOT_IMAGE= are written"),
                profile("{ image: a, arguments: { a: b } }", "a.yaml:2:29: expected arguments, not a mapping"),
                profile("{ local: true, title: " + "x".repeat(101) + " }", "a.yaml:2:28: a title of 101 characters"),
                profile("{ image: a, arguments: " + "x ".repeat(2100) + " }", "a.yaml:2:29: arguments of 4199 char"),
                profile("{ local: true, title: [a] }", "a.yaml:2:28: expected a title, not a list"),
                group("{ profile: p }", "a.yaml:3:3: group 'g' has no 'match'; for everybody write 'match: {}'"),
                group("{ match: , profile: p }", "a.yaml:3:14: expected labels such as"),
                group("{ match: {} }", "a.yaml:3:3: group 'g' has nothing to boot"),
                group("{ match: {}, profiles: [] }", "a.yaml:3:29: an empty list of profiles"),
                group("{ match: {}, profile: r }", "a.yaml:3:28: unknown profile 'r'; expected one of p, q"),
                group("{ match: {}, profiles: [p, p] }", "a.yaml:3:33: profile 'p' is in this list twice"),
                group("{ match: {}, profile: p, profiles: [q] }", "a.yaml:3:19: 'profile' makes no sense"),
                group("{ match: {}, profile: p, default: q }", "a.yaml:3:40: default 'q' is not among"),
                group("{ match: {}, profile: p, timeout: 5 parsecs }", "a.yaml:3:40: timeout '5 parsecs'; expected"),
                group("{ match: {}, profile: p, timeout: 25h }", "a.yaml:3:40: timeout '25h'; expected"),
                group("{ match: {}, profile: p, timeout: -1 }", "a.yaml:3:40: timeout '-1'; expected"),
                group("{ match: {}, ignore: x, profile: p }", "a.yaml:3:30: 'profile' makes no sense with 'ignore'"),
                group("{ match: {}, ignore: true }", "a.yaml:3:27: expected the reason in words"),
                group("{ match: { Rack A: 1 }, ignore: x }", "a.yaml:3:17: label 'Rack A'; expected"),
                group("{ match: { mac: [] }, ignore: x }", "a.yaml:3:22: label 'mac' has an empty list"),
                group("{ match: { mac: 52:54:00 }, ignore: x }", "a.yaml:3:22: MAC '52:54:00'; expected the form"),
                group("{ match: { mac: \"52:54:0g:*\" }, ignore: x }", "a.yaml:3:22: MAC '52:54:0g:*'; expected"),
                group(
                        "{ match: { arch: uefi-x46 }, ignore: x }",
                        "a.yaml:3:23: unknown architecture 'uefi-x46'; did you mean 'uefi-x64'?"),
                group(
                        "{ match: { transport: ftp }, ignore: x }",
                        "a.yaml:3:28: unknown transport 'ftp'; did you mean 'tftp'?"),
                group("{ match: { mac: *:01 }, ignore: x }", "must be in quotes"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String text, String expected) {
        String problems = Policies.problems(text);
        assertTrue(problems.contains(expected), () -> "expected: " + expected + "\nproblems: " + problems);
        assertTrue(problems.matches("a\\.yaml:\\d+:\\d+: [^\\n]+"), problems);
    }

    @Test
    void aNameIsDefinedOnceOverAllFiles() {
        String everybody = "groups: { g: { match: {}, ignore: x } }";
        assertEquals(
                "b.yaml:2:3: profile 'p' is already defined at a.yaml:1",
                Policies.problems("profiles: { p: { local: true } }", "profiles:\n  p: { local: true }"));
        assertEquals("b.yaml:1:11: group 'g' is already defined at a.yaml:1", Policies.problems(everybody, everybody));
    }

    @Test
    void groupsThatNothingTellsApartAreRefused() {
        assertEquals(
                "b.yaml:1:11: group 'h' matches the same machines as 'g' (a.yaml:1): everybody; "
                        + "tell them apart by a label",
                Policies.problems(
                        "groups: { g: { match: {}, ignore: x } }", "groups: { h: { match: {}, ignore: x } }"));
        String groups = "groups: { g: { match: { arch: [uefi-x64, bios-x86], mac: 52:54:00:00:00:01 }, ignore: x },\n"
                + " h: { match: { mac: 52-54-00-00-00-01, arch: %s }, ignore: x } }";
        assertTrue(
                Policies.problems(groups.formatted("bios-x86")).startsWith("a.yaml:2:2: group 'h' matches the same"));
        assertEquals("", Policies.problems(groups.formatted("uefi-arm64")));
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWhereTheyAre() {
        byte[] latin1 = "profiles:\n  p: { title: Zürich }".getBytes(StandardCharsets.ISO_8859_1);
        try {
            BootConfiguration.parse(List.of(new SourceFile("a.yaml", latin1)));
        } catch (PolicyException e) {
            assertEquals("a.yaml:2:16: not UTF-8 text; save the file in UTF-8", e.getMessage());
            return;
        }
        throw new AssertionError("expected a refusal");
    }
}
