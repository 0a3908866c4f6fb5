package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.image.Image;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeciderTest {

    private static final BootClient CLIENT = Policies.client("52:54:00:12:34:56");
    private static final String PINNED = "/images/sha256-" + "a".repeat(64) + "/";

    private final FixedImages images = new FixedImages();
    private final List<String> unavailable = new ArrayList<>();

    private Optional<BootDecision> decide(BootClient client, String policy) throws PolicyException {
        Decider decider = new Decider(
                Policies.parse(policy), images, (profile, why) -> unavailable.add(profile.name() + ": " + why));
        return decider.decide(client, Optional.empty());
    }

    private BootDecision decide(String policy) throws PolicyException {
        return decide(CLIENT, policy).orElseThrow();
    }

    /** What becomes of one profile that is the whole menu. */
    private BootDecision decideProfile(String keys) throws PolicyException {
        return decide("profiles: { p: " + keys + " }\ngroups: { g: { match: {}, profile: p } }");
    }

    private BootEntry.Linux linux(String keys) throws PolicyException {
        BootDecision.Netboot netboot = assertInstanceOf(BootDecision.Netboot.class, decideProfile(keys));
        return assertInstanceOf(BootEntry.Linux.class, netboot.menu().defaultEntry());
    }

    private String ignored(String keys) throws PolicyException {
        return assertInstanceOf(BootDecision.Ignore.class, decideProfile(keys)).reason();
    }

    @Test
    void offersAMenuOfDigestPinnedPaths() throws PolicyException {
        images.with("debian-12:current", 'a', "debian-installer/amd64/linux", "debian-installer/amd64/initrd.gz");
        BootDecision.Netboot netboot = assertInstanceOf(BootDecision.Netboot.class, decide(Policies.LAB));
        assertEquals(Optional.of("grub"), netboot.loader());
        assertEquals("lab", netboot.menu().title());
        assertEquals("debian-installer", netboot.menu().defaultId());
        assertEquals(Duration.ofSeconds(10), netboot.menu().timeout());
        assertEquals(
                List.of(
                        new BootEntry.Linux(
                                "debian-installer",
                                "Install Debian 12",
                                PINNED + "debian-installer/amd64/linux",
                                List.of(PINNED + "debian-installer/amd64/initrd.gz"),
                                "console=ttyS0,115200"),
                        new BootEntry.LocalBoot("rescue", "rescue")),
                netboot.menu().entries());
        assertEquals("group 'lab' (a.yaml:12), profile 'debian-installer' (a.yaml:2)", netboot.reason());
        assertEquals(List.of(), unavailable);
    }

    @Test
    void asksTheTagAnewEachTime() throws PolicyException {
        images.with("d:latest", 'a', "kernel:linux");
        assertEquals(PINNED + "linux", linux("{ image: d }").kernel());
        images.with("d:latest", 'b', "kernel:linux");
        assertEquals(
                "/images/sha256-" + "b".repeat(64) + "/linux",
                linux("{ image: d }").kernel());
    }

    @Test
    void findsTheOnlyKernelAndTheInitrdBesideIt() throws PolicyException {
        images.with("one", 'a', "kernel:x/linux", "initrd:x/initrd.gz", "readme");
        assertEquals(List.of(PINNED + "x/initrd.gz"), linux("{ image: one }").initrds());
        assertEquals(List.of(), linux("{ image: one, initrd: [] }").initrds());
        assertEquals(
                List.of(PINNED + "readme"),
                linux("{ image: one, initrd: readme }").initrds());
        images.with("far", 'a', "kernel:x/linux", "initrd:y/initrd.gz");
        assertEquals(List.of(PINNED + "y/initrd.gz"), linux("{ image: far }").initrds());
        images.with(
                "two", 'a', "kernel:text/linux", "initrd:text/initrd.gz", "kernel:gtk/linux", "initrd:gtk/initrd.gz");
        assertEquals(
                List.of(PINNED + "gtk/initrd.gz"),
                linux("{ image: two, kernel: gtk/linux }").initrds());
        images.with("bare", 'a', "kernel:linux");
        assertEquals(List.of(), linux("{ image: bare }").initrds());
    }

    @Test
    void theImagesOwnArgumentsServeWhereTheProfileHasNone() throws PolicyException {
        images.with("disc:1", 'a', "kernel:linux").saying("disc:1", Image.ARGUMENTS, "quiet");
        assertEquals("quiet", linux("{ image: \"disc:1\" }").arguments());
        assertEquals("debug", linux("{ image: \"disc:1\", arguments: debug }").arguments());
        images.saying("disc:1", Image.ARGUMENTS, "inst.repo=${image}/disc.iso");
        assertEquals("", linux("{ image: \"disc:1\" }").arguments());
    }

    @Test
    void startsAnEfiProgram() throws PolicyException {
        images.with("tools:1", 'a', "shellx64.efi");
        BootDecision.Netboot netboot = assertInstanceOf(
                BootDecision.Netboot.class, decideProfile("{ image: \"tools:1\", efi: shellx64.efi, arguments: -q }"));
        assertEquals(
                new BootEntry.EfiProgram("p", "p", PINNED + "shellx64.efi", "-q"),
                netboot.menu().defaultEntry());
        assertEquals(Duration.ZERO, netboot.menu().timeout());
    }

    @Test
    void whatTheDefaultNeedsAndHasNotIsSaidWithTheCure() throws PolicyException {
        assertEquals(
                "group 'g' (a.yaml:2), profile 'p' (a.yaml:1), cannot be booted: there is no image d:current; "
                        + "import it: image:import FOLDER d:current",
                ignored("{ image: \"d:current\" }"));
        assertEquals(List.of("p: there is no image d:current; import it: image:import FOLDER d:current"), unavailable);
        images.with("d", 'a', "linux", "kernel:a/linux", "kernel:b/linux", "initrd:1", "initrd:2", "kernel:c d/linux");
        assertTrue(ignored("{ image: d, kernel: linus }")
                .endsWith("image d:latest has no file 'linus'; did you mean 'linux'?"));
        assertTrue(ignored("{ image: d }")
                .endsWith("image d:latest has several kernels (a/linux, b/linux, c d/linux); name one under 'kernel'"));
        assertTrue(ignored("{ image: d, kernel: linux }")
                .endsWith("image d:latest has several initrds (1, 2); name them under 'initrd'"));
        assertTrue(ignored("{ image: d, kernel: linux, initrd: no }").contains("image d:latest has no file 'no'"));
        images.with("none", 'a', "readme");
        assertTrue(ignored("{ image: none }").endsWith("image none:latest has no kernel; name one under 'kernel'"));
        images.with("odd", 'a', "kernel:my kernel");
        assertTrue(ignored("{ image: odd }").contains("expected an absolute path"));
        images.breakWith(new IOException("disk on fire"));
        assertTrue(ignored("{ image: d }").contains("image d:latest cannot be read (disk on fire)"));
    }

    @Test
    void anEntryThatCannotBeHadIsLeftOutWhenItIsNotTheDefault() throws PolicyException {
        images.with("b", 'a', "kernel:linux");
        BootDecision.Netboot netboot = assertInstanceOf(
                BootDecision.Netboot.class,
                decide("profiles: { a: { image: gone }, b: { image: b } }\n"
                        + "groups: { g: { match: {}, profiles: [a, b], default: b } }"));
        assertEquals(
                List.of("b"),
                netboot.menu().entries().stream().map(BootEntry::id).toList());
        assertTrue(netboot.reason().contains("; left out profile 'a' (a.yaml:1): there is no image gone:latest"));
    }

    @Test
    void theNextDeviceAloneIsNoMenu() throws PolicyException {
        BootDecision decision = decideProfile("{ local: true }");
        assertEquals(new BootDecision.LocalBoot("group 'g' (a.yaml:2), profile 'p' (a.yaml:1)"), decision);
    }

    @Test
    void ignoresWithTheReasonThatWasWritten() throws PolicyException {
        BootDecision decision =
                decide(Policies.client("00:80:77:00:00:01"), Policies.LAB).orElseThrow();
        assertEquals(new BootDecision.Ignore("group 'nobody' (a.yaml:17): printers have nothing to boot"), decision);
    }

    @Test
    void hasNothingToSayOfAStranger() throws PolicyException {
        assertEquals(Optional.empty(), decide(Policies.client("aa:bb:cc:dd:ee:ff"), Policies.LAB));
        assertEquals(Optional.empty(), decide(CLIENT, ""));
    }

    @Test
    void rivalsAreInTheReason() throws PolicyException {
        String reason = decide("groups: { z: { ignore: x, match: { mac: \"52:*\" } },"
                        + " b: { ignore: y, match: { arch: \"u*\" } } }")
                .reason();
        assertEquals(
                "group 'b' (a.yaml:1), the first by name of those that match as specifically (also 'z' (a.yaml:1)): y",
                reason);
    }
}
