package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a file holds: a configuration, or the one exception that says where and why; and soon. */
class HostileYamlTest {

    private static final byte[] SYNTAX = "\n\n  :-#{}[]\"'&*!|>%@`,\t?\\0aé".getBytes(StandardCharsets.UTF_8);

    private static String refused(String text) {
        return assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Policies.problems(text));
    }

    @Test
    void anAliasBombIsRefused() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(0, 12)
                        .mapToObj(i -> (char) ('b' + i) + ": &" + (char) ('b' + i) + " ["
                                + ("*" + (char) ('a' + i) + ", ").repeat(8) + "*" + (char) ('a' + i) + "]")
                        .collect(Collectors.joining("\n"));
        assertEquals("a.yaml: more than 10 aliases of lists or mappings; write them out", refused(bomb));
    }

    @Test
    void aTextThatIsRepeatedWithoutEndIsRefused() {
        String bomb =
                "profiles: { p: { image: a, arguments: [ &a " + "x".repeat(8_000) + ", *a".repeat(200_000) + " ] } }";
        assertEquals("a.yaml:1:8570: aliases repeat more than 1048576 characters; write them out", refused(bomb));
        assertEquals("", refused("profiles: { p: { image: &i a, title: *i }, q: { image: *i } }"));
    }

    @Test
    void longTextsAreRefusedBeforeTheyAreLookedInto() {
        assertTrue(refused("profiles: { p: { image: a, kernel: " + "a/".repeat(400_000) + "a } }")
                .endsWith("expected a path in the image of at most 8192 characters, not of 800001"));
        assertTrue(refused("groups: { g: { ignore: x, match: { mac: \"" + "*".repeat(800_000) + "z\" } } }")
                .endsWith("characters, not of 800001"));
        assertTrue(refused("profiles: { p: { image: a, kernel: " + "a/".repeat(4_000) + "a } }")
                .isEmpty());
    }

    @Test
    void aValueThatHoldsItselfIsRefused() {
        assertTrue(refused("profiles: &p { p: *p }").startsWith("a.yaml:1:16: unknown key 'p'"));
        assertTrue(
                refused("profiles: { p: { image: a, initrd: &i [ *i ] } }").startsWith("a.yaml:1:36: expected a path"));
    }

    @Test
    void deepNestingIsRefused() {
        assertEquals("a.yaml:1:17: nested more than 16 deep", refused("[".repeat(500_000)));
        assertEquals("a.yaml:1:81: nested more than 16 deep", refused("{\"a\":".repeat(200_000)));
        assertTrue(refused("- ".repeat(200_000)).endsWith("nested more than 16 deep"));
    }

    @Test
    void moreValuesThanFitTheMemoryAreRefused() {
        assertTrue(refused("[" + "a,".repeat(500_000) + "]").endsWith("more than 150000 values in all files together"));
        assertTrue(refused("profiles: { p: { image: a, arguments: [" + "a,".repeat(500_000) + "] } }")
                .endsWith("more than 150000 values in all files together"));
    }

    @Test
    void longTextsAreShortenedInMessages() {
        String problem = refused("profiles: { \"" + "x ".repeat(200_000) + "\": 1 }");
        assertTrue(problem.length() < 200, problem);
        assertTrue(refused("profiles: { p: { image: \"" + "x".repeat(900_000) + "\" } }")
                        .length()
                < 450);
        assertTrue(refused("x".repeat(1_000_000) + ": 1").length() < 200);
    }

    @Test
    void manyStarsAreRefusedSoon() {
        String groups = IntStream.range(0, 120)
                .mapToObj(i -> "  g" + i + ": {match: {mac: \"" + "*".repeat(8_000) + "z\"}, ignore: x}")
                .collect(Collectors.joining("\n", "groups:\n", "\n"));
        assertEquals(120, refused(groups).lines().count());
    }

    @Test
    void manyTiedGroupsAreReportedOnceEach() {
        String groups = IntStream.range(0, 5_000)
                .mapToObj(i -> "  g" + i + ": {match: {}, ignore: x}")
                .collect(Collectors.joining("\n", "groups:\n", "\n"));
        assertEquals(4_999, refused(groups).lines().count());
    }

    @Test
    void manyGroupsAreReadSoon() {
        String groups = IntStream.range(0, 18_000)
                .mapToObj(i -> "  g" + i + ": {match: {mac: %012x}, ignore: x}".formatted(i))
                .collect(Collectors.joining("\n", "groups:\n", "\n"));
        assertEquals("", refused(groups));
    }

    @Test
    void mutationsOfAValidFileAreReadOrRefused() {
        Random random = new Random(42);
        byte[] valid = Policies.LAB.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 4_000; i++) {
            requireReadOrRefused(mutate(valid, random));
        }
    }

    @Test
    void randomBytesAreReadOrRefused() {
        Random random = new Random(43);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(8) == 0 ? bytes[j] : SYNTAX[random.nextInt(SYNTAX.length)];
            }
            requireReadOrRefused(bytes);
        }
    }

    @Test
    void everyTruncationIsReadOrRefused() {
        byte[] valid = Policies.LAB.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < valid.length; length++) {
            requireReadOrRefused(Arrays.copyOf(valid, length));
        }
    }

    private static byte[] mutate(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            int length = random.nextInt(Math.min(20, bytes.length - at));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = SYNTAX[random.nextInt(SYNTAX.length)];
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, bytes.length - length));
            }
        }
        return bytes;
    }

    private static void requireReadOrRefused(byte[] bytes) {
        try {
            BootConfiguration.parse(List.of(new SourceFile("a.yaml", bytes)));
        } catch (PolicyException e) {
            for (Problem problem : e.problems()) {
                assertTrue(problem.toString().matches("a\\.yaml(:\\d+:\\d+)?: \\P{Cntrl}+"), problem::toString);
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("not refused properly: " + Arrays.toString(bytes), e);
        }
    }
}
