package io.slipway.boot.content;

import static io.slipway.boot.content.Fakes.CLIENT;
import static io.slipway.boot.content.Fakes.IPXE;
import static io.slipway.boot.content.Fakes.ranked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPolicy;
import io.slipway.boot.Bootloader;
import io.slipway.boot.content.Fakes.BrokenLoader;
import io.slipway.boot.content.Fakes.FakeLoader;
import io.slipway.boot.content.Fakes.UselessLoader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanningTest {

    private static final Ranked<Bootloader> FIRST = ranked(new FakeLoader("first"), "first", 10);
    private static final Ranked<Bootloader> IPXE_LOADER = ranked(new FakeLoader("iPXE"), "iPXE", 0);

    private static BootPlan plan(BootClient client, Optional<String> preferred, List<Ranked<Bootloader>> loaders) {
        BootPolicy policy = any -> Optional.of(Fakes.netboot(preferred));
        return new Planning(client, List.of(ranked(policy, "policy", 0)), loaders, Fakes.complaints()).plan();
    }

    @Test
    void theHighestRankingThatCanServeIsChosen() {
        BootPlan plan = plan(CLIENT, Optional.empty(), List.of(FIRST, IPXE_LOADER));
        assertEquals(Optional.of("first"), plan.loader());
        assertEquals("/first.0", plan.program().orElseThrow().path());
        assertEquals(List.of("profile x", "loader first serves it with /first.0"), plan.reasons());
    }

    @Test
    void thePreferredOneComesBeforeRankingAndBeforeTheRunningOne() {
        assertEquals(
                Optional.of("iPXE"),
                plan(CLIENT, Optional.of("iPXE"), List.of(FIRST, IPXE_LOADER)).loader());
        assertEquals(
                Optional.of("first"),
                plan(IPXE, Optional.of("first"), List.of(FIRST, IPXE_LOADER)).loader());
    }

    @Test
    void theRunningOneComesBeforeRanking() {
        assertEquals(
                Optional.of("iPXE"),
                plan(IPXE, Optional.empty(), List.of(FIRST, IPXE_LOADER)).loader());
    }

    @Test
    void whatWasChosenInTheFirmwaresMenuBootsAtOnce() {
        BootEntry first = new BootEntry.LocalBoot("local", "Local disk");
        BootEntry second = new BootEntry.Linux("debian", "Debian", "/images/a/linux", List.of(), "");
        BootMenu menu = new BootMenu("Lab", List.of(first, second), "local", Duration.ofSeconds(9));
        BootPolicy policy = any -> Optional.of(new BootDecision.Netboot(menu, Optional.empty(), "profile x"));
        for (String id : List.of("debian", "gone")) {
            BootClient client =
                    CLIENT.toBuilder().label(BootClient.CHOSEN_ENTRY, id).build();
            BootPlan plan =
                    new Planning(client, List.of(ranked(policy, "p", 0)), List.of(FIRST), Fakes.complaints()).plan();
            BootMenu served = ((BootDecision.Netboot) plan.decision()).menu();
            assertEquals(id.equals("debian") ? BootMenu.of(second) : menu, served);
        }
    }

    @Test
    void aPreferredOneThatCannotServeIsExplained() {
        Ranked<Bootloader> useless = ranked(new UselessLoader("useless"), "useless", 0);
        BootPlan plan = plan(CLIENT, Optional.of("useless"), List.of(FIRST, useless));
        assertEquals(Optional.of("first"), plan.loader());
        assertTrue(plan.reasons().contains("loader useless cannot serve it: its program is missing"));
        BootPlan none = plan(CLIENT, Optional.of("absent"), List.of(FIRST));
        assertTrue(none.reasons().contains("the preferred loader absent is not installed"));
        assertEquals(Optional.of("first"), none.loader());
    }

    @Test
    void withoutALoaderTheDecisionStands() {
        BootPlan plan = plan(CLIENT, Optional.empty(), List.of());
        assertEquals(Fakes.netboot(Optional.empty()), plan.decision());
        assertEquals(Optional.empty(), plan.program());
        assertEquals("no loader can serve bios-x86 over TFTP", plan.reasons().get(1));
    }

    @Test
    void aBrokenLoaderIsSkipped() {
        Ranked<Bootloader> broken = ranked(new BrokenLoader(), "broken", 99);
        BootPlan plan = plan(CLIENT, Optional.of("broken"), List.of(broken, FIRST));
        assertEquals(Optional.of("first"), plan.loader());
        assertTrue(plan.reasons().toString().contains("loader broken failed and was skipped"), plan.toString());
    }

    @Test
    void theFirstPolicyWithADecisionCounts() {
        BootPolicy broken = client -> {
            throw new IllegalStateException("bug");
        };
        BootPolicy silent = client -> Optional.empty();
        BootPolicy local = client -> Optional.of(new BootDecision.LocalBoot("it is installed"));
        BootPolicy late = client -> Optional.of(new BootDecision.Ignore("too late"));
        BootPlan plan = new Planning(
                        CLIENT,
                        List.of(
                                ranked(broken, "broken", 4),
                                ranked(silent, "silent", 3),
                                ranked(local, "local", 2),
                                ranked(late, "late", 1)),
                        List.of(FIRST),
                        Fakes.complaints())
                .plan();
        assertEquals(new BootDecision.LocalBoot("it is installed"), plan.decision());
        assertEquals(Optional.empty(), plan.loader());
        assertEquals("it is installed", plan.reasons().get(1));
    }

    @Test
    void withoutARuleTheClientIsIgnored() {
        BootPlan plan = new Planning(CLIENT, List.of(), List.of(FIRST), Fakes.complaints()).plan();
        assertEquals(new BootDecision.Ignore("no policy has a rule for this client"), plan.decision());
    }
}
