package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator reads in the log. */
class ServedConfigurationTest {

    private static final String POLICY =
            "profiles: { a: { image: gone }, l: { local: true } }\ngroups: { g: { match: {}, profiles: [l, a] } }";

    private final ServedConfiguration served = new ServedConfiguration(Path.of("/etc/boot"));
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(stderr);
    }

    private List<String> warnings() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" WARN "))
                .toList();
    }

    private void change(String text) {
        served.changed(List.of(Policies.file("a.yaml", text)));
    }

    private void decide() {
        assertTrue(served.decide(Policies.client("52:54:00:12:34:56"), new StoredIndex(), new FixedImages())
                .isPresent());
    }

    @Test
    void warnsOnceOfAProfileThatCannotBeBootedAndAgainAfterAChange() {
        change(POLICY);
        decide();
        decide();
        assertEquals(1, warnings().size(), log::toString);
        assertTrue(
                warnings()
                        .get(0)
                        .endsWith("boot policy: profile 'a' (a.yaml:1) cannot be booted: "
                                + "there is no image gone:latest; import it: image:import FOLDER gone:latest"),
                log::toString);
        change(POLICY);
        decide();
        decide();
        assertEquals(2, warnings().size(), log::toString);
    }

    @Test
    void warnsOnceOfEachProblem() {
        change("grups: {}");
        change("grups: {}");
        assertEquals(2, warnings().size(), log::toString);
        assertTrue(warnings()
                .get(0)
                .endsWith("boot policy: refused /etc/boot/a.yaml:1:1: unknown key 'grups'; did you mean 'groups'?"));
        assertTrue(
                warnings()
                        .get(1)
                        .endsWith(
                                "boot policy: /etc/boot is not applied until that is mended; no machine is given anything to boot"));
        change("\ngrups: {}");
        assertEquals(4, warnings().size(), log::toString);
        change("groups: {}");
        change("\ngrups: {}");
        assertEquals(6, warnings().size(), log::toString);
    }

    @Test
    void doesNotFloodTheLog() {
        StringBuilder profiles = new StringBuilder("profiles:\n");
        for (int i = 0; i < 1000; i++) {
            profiles.append("  p").append(i).append(": {}\n");
        }
        change(profiles.toString());
        assertEquals(22, warnings().size(), log::toString);
        assertEquals(1000, served.status().problems().size());
        assertTrue(warnings().get(20).endsWith("980 more problems in /etc/boot; boot:policy shows all"));
    }
}
