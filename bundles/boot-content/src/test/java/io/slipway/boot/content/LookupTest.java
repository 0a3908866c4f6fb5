package io.slipway.boot.content;

import static io.slipway.boot.content.Fakes.CLIENT;
import static io.slipway.boot.content.Fakes.file;
import static io.slipway.boot.content.Fakes.ranked;
import static io.slipway.boot.content.Fakes.request;
import static io.slipway.boot.content.Fakes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootDecision;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.Bootloader;
import io.slipway.boot.NetworkProgram;
import io.slipway.boot.content.Fakes.BrokenLoader;
import io.slipway.boot.content.Fakes.FakeLoader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupTest {

    private static final Ranked<Bootloader> HIGH = ranked(new FakeLoader("high"), "high", 10);
    private static final Ranked<Bootloader> LOW = ranked(new FakeLoader("low"), "low", 0);
    private static final BootPlanner CHOOSES_LOW = client -> new BootPlan(
            Fakes.netboot(Optional.empty()), Optional.of("low"), Optional.of(new NetworkProgram("/low.0")), List.of());
    private static final BootPlanner LOCAL =
            client -> new BootPlan(new BootDecision.LocalBoot("a test"), Optional.empty(), Optional.empty(), List.of());

    private static Lookup lookup(
            BootPlanner planner, List<Ranked<Bootloader>> loaders, List<Ranked<BootFileSource>> sources) {
        return new Lookup(planner, loaders, sources, Fakes.complaints());
    }

    @Test
    void theChosenLoaderIsAskedFirstAndAloneIsToldTheDecision() throws Exception {
        Lookup lookup = lookup(CHOOSES_LOW, List.of(HIGH, LOW), List.of());
        assertEquals(
                "low told",
                text(lookup.find(request("/menu", Optional.of(CLIENT))).orElseThrow()));
    }

    @Test
    void aStrangerIsAnsweredByRankingAndWithoutADecision() throws Exception {
        Lookup lookup = lookup(CHOOSES_LOW, List.of(HIGH, LOW), List.of());
        assertEquals(
                "high untold",
                text(lookup.find(request("/menu", Optional.empty())).orElseThrow()));
    }

    @Test
    void aClientThatShallNotNetbootIsAnsweredWithoutADecision() throws Exception {
        Lookup lookup = lookup(LOCAL, List.of(HIGH, LOW), List.of());
        assertEquals(
                "high untold",
                text(lookup.find(request("/menu", Optional.of(CLIENT))).orElseThrow()));
    }

    @Test
    void loadersAndSourcesMixByRanking() throws Exception {
        BootFileSource middle = request -> Optional.of(file("middle"));
        Lookup lookup = lookup(LOCAL, List.of(HIGH, LOW), List.of(ranked(middle, "middle", 5)));
        assertEquals(
                "middle",
                text(lookup.find(request("/other", Optional.of(CLIENT))).orElseThrow()));
        assertEquals(
                "high untold",
                text(lookup.find(request("/menu", Optional.of(CLIENT))).orElseThrow()));
    }

    @Test
    void aFailureCountsOnlyWhenNobodyElseHasTheFile() throws Exception {
        BootFileSource failing = request -> {
            throw new IOException("disk gone");
        };
        BootFileSource good = request -> request.path().equals("/a") ? Optional.of(file("good")) : Optional.empty();
        Lookup lookup = lookup(LOCAL, List.of(), List.of(ranked(failing, "failing", 5), ranked(good, "good", 1)));
        assertEquals("good", text(lookup.find(request("/a", Optional.empty())).orElseThrow()));
        String message = assertThrows(IOException.class, () -> lookup.find(request("/b", Optional.empty())))
                .getMessage();
        assertEquals("failing cannot give /b: disk gone", message);
    }

    @Test
    void aBrokenPluginDoesNotKeepAnybodyFromNotFound() throws Exception {
        Lookup lookup = lookup(LOCAL, List.of(ranked(new BrokenLoader(), "broken", 99), LOW), List.of());
        assertEquals(
                "low untold",
                text(lookup.find(request("/menu", Optional.of(CLIENT))).orElseThrow()));
        assertTrue(lookup.find(request("/none", Optional.of(CLIENT))).isEmpty());
    }

    @Test
    void servicesAreSortedByRankingThenAge() {
        List<Map.Entry<Map<String, Object>, String>> services = List.of(
                Map.entry(Map.of("service.id", 7L, "bootloader.name", "young"), "young"),
                Map.entry(Map.of("service.id", 3L, "service.ranking", "not a number"), "old"),
                Map.entry(Map.of("service.id", 9L, "service.ranking", 5, "bootloader.name", "best"), "best"),
                Map.entry(Map.of("service.id", 1L, "service.ranking", -5, "bootloader.name", "last"), "last"));
        assertEquals(
                List.of("best", "String", "young", "last"),
                Ranked.sorted(services, "bootloader.name").stream()
                        .map(Ranked::name)
                        .toList());
    }
}
