package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static final String GROUPS = "profiles: { l: { local: true } }\ngroups: { g: { match: {}, profile: l } }";

    private static final String KNOWN = "52:54:00:12:34:56";

    private boolean boots(String mac) {
        return served.decide(Policies.client(mac), new StoredIndex(), new FixedImages())
                .isPresent();
    }

    private Optional<String> machine(String name) {
        return served.status().configuration().machines().find(name).map(found -> found.machine()
                .name());
    }

    private void start(String broken) {
        served.changed(List.of(
                Policies.file("a.yaml", GROUPS),
                Policies.file("b.yaml", broken),
                Policies.file("c.yaml", "machines: { web-1: { mac: '" + KNOWN + "', address: 10.0.0.20 } }")));
    }

    @Test
    void afterAStartWithABrokenMachineFileTheOthersServe() {
        start("machines:\n  web-2: { mac: 52:54 }");
        assertEquals(Optional.of("web-1"), machine("web-1"));
        assertTrue(boots(KNOWN));
        assertFalse(boots("52:54:00:00:00:02"), "it may be a machine of the broken file");
        assertTrue(
                log.toString(StandardCharsets.UTF_8)
                        .contains(
                                " ERROR io.slipway.boot.policy.PolicyFolder - boot policy: b.yaml in /etc/boot not served"
                                        + " since the start, the other files are (1 profile, 1 group, 1 machine in 2 files); only"
                                        + " the machines that they name are given anything to boot until that is mended"),
                log::toString);
        assertTrue(warnings().get(0).contains("refused /etc/boot/b.yaml:2:17: "), log::toString);
        assertEquals("b.yaml", served.status().problems().get(0).place().file());
        start("machines: { web-2: { mac: '52:54:00:00:00:02' } }");
        assertTrue(boots("52:54:00:00:00:02"), "mended");
        start("machines: [");
        assertEquals(Optional.of("web-2"), machine("web-2"), "and from then on the last good keeps serving");
        assertTrue(boots("52:54:00:00:00:09"));
    }

    @Test
    void whereAGroupMayBeMissingNothingBootsButMachinesAreKnown() {
        start("groups: { databases: { match: { role: db }, ignore: }");
        assertEquals(Optional.of("web-1"), machine("web-1"));
        assertFalse(boots(KNOWN));
        assertTrue(log.toString(StandardCharsets.UTF_8).contains("a group may be missing"), log::toString);
    }

    @Test
    void aFileThatNeedsABrokenOneIsRefusedWithIt() {
        served.changed(List.of(
                Policies.file("a.yaml", "groups: { g: { match: {}, profile: l } }"),
                Policies.file("b.yaml", "profiles: { l: { local: maybe } }"),
                Policies.file("c.yaml", "machines: { web-1: { mac: '" + KNOWN + "' } }")));
        assertEquals(Optional.of("web-1"), machine("web-1"));
        assertFalse(boots(KNOWN));
        assertTrue(log.toString(StandardCharsets.UTF_8).contains("a.yaml, b.yaml in /etc/boot"), log::toString);
    }

    @Test
    void ofAFileThatCannotBeReadNothingIsKnown() {
        served.refused(
                List.of(new Problem(Place.of("b.yaml"), "permission denied")),
                List.of(Policies.file("a.yaml", GROUPS + "\nmachines: { web-1: { mac: '" + KNOWN + "' } }")));
        assertEquals(Optional.of("web-1"), machine("web-1"));
        assertFalse(boots(KNOWN));
    }
}
