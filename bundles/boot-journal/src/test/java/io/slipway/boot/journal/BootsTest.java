package io.slipway.boot.journal;

import static io.slipway.boot.journal.Events.FIRMWARE;
import static io.slipway.boot.journal.Events.IPXE;
import static io.slipway.boot.journal.Events.MAC;
import static io.slipway.boot.journal.Events.OTHER;
import static io.slipway.boot.journal.Events.at;
import static io.slipway.boot.journal.Events.ofAddress;
import static io.slipway.boot.journal.Events.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootsTest {

    private static List<Integer> sizes(BootEvent... events) {
        return Boots.of(List.of(events)).all().stream()
                .map(boot -> boot.steps().size())
                .toList();
    }

    @Test
    void machinesBootSideBySide() {
        Boots boots = Boots.of(List.of(
                at(0, MAC, Step.DISCOVER, FIRMWARE),
                at(1, OTHER, Step.DISCOVER, FIRMWARE),
                at(2, MAC, Step.OFFER, "192.0.2.10")));
        assertEquals(List.of(MAC.toString(), OTHER.toString()), boots.machines());
        assertEquals(2, boots.of(MAC.toString()).get(0).steps().size());
    }

    @Test
    void aRepeatedDiscoverIsTheSameBoot() {
        assertEquals(
                List.of(3),
                sizes(
                        at(0, MAC, Step.DISCOVER, FIRMWARE),
                        at(4, MAC, Step.DISCOVER, FIRMWARE),
                        at(36, MAC, Step.DISCOVER, FIRMWARE)));
    }

    @Test
    void theSameFirmwareAgainAfterAFileIsAnotherBoot() {
        assertEquals(
                List.of(2, 1),
                sizes(
                        at(0, MAC, Step.DISCOVER, FIRMWARE),
                        sent(1, MAC, "/pxelinux.0", 42000, Duration.ofMillis(30)),
                        at(20, MAC, Step.DISCOVER, FIRMWARE)));
    }

    @Test
    void theSameFirmwareAgainAfterAMinuteIsAnotherBoot() {
        assertEquals(List.of(1, 1), sizes(at(0, MAC, Step.DISCOVER, FIRMWARE), at(61, MAC, Step.DISCOVER, FIRMWARE)));
    }

    @Test
    void aLoaderAndAnInstallerAreLaterStages() {
        assertEquals(
                List.of(5),
                sizes(
                        at(0, MAC, Step.DISCOVER, FIRMWARE),
                        sent(1, MAC, "/undionly.kpxe", 80000, Duration.ofMillis(30)),
                        at(2, MAC, Step.DISCOVER, IPXE),
                        sent(90, MAC, "/linux", 8_000_000, Duration.ofSeconds(3)),
                        at(200, MAC, Step.DISCOVER, "d-i")));
    }

    @Test
    void afterALongSilenceAnyDiscoverIsAnotherBootAndARenewalIsNot() {
        assertEquals(
                List.of(2, 1),
                sizes(
                        at(0, MAC, Step.DISCOVER, FIRMWARE),
                        at(1800, MAC, Step.REQUEST, "has 192.0.2.10"),
                        at(2400, MAC, Step.DISCOVER, "dhcpcd")));
    }

    @Test
    void whoHasNoMacIsKnownByTheLastAddress() {
        Boots boots = Boots.of(List.of(
                ofAddress(0, 10, Step.FILE_NOT_FOUND, "/a"),
                sent(1, MAC, "/b", 1, Duration.ZERO),
                ofAddress(2, 10, Step.FILE_NOT_FOUND, "/c")));
        assertEquals(List.of("192.0.2.10", MAC.toString()), boots.machines());
        assertEquals("/c", boots.of(MAC.toString()).get(0).last().detail());
    }

    @Test
    void aBootCountsTheFilesThatWereSentWhole() {
        Boot boot = Boots.of(List.of(
                        at(0, MAC, Step.DISCOVER, FIRMWARE),
                        at(1, MAC, Step.FILE_BEGUN, "/a"),
                        sent(2, MAC, "/a", 1000, Duration.ofMillis(30)),
                        at(3, MAC, Step.FILE_BEGUN, "/b"),
                        at(4, MAC, Step.FILE_FAILED, "/b: the client fell silent"),
                        at(5, MAC, Step.FILE_BEGUN, "/b"),
                        sent(6, MAC, "/c", 24, Duration.ofMillis(1))))
                .all()
                .get(0);
        assertEquals(2, boot.files());
        assertEquals(1024, boot.bytes());
        assertEquals(
                List.of(Step.DISCOVER, Step.FILE_SENT, Step.FILE_FAILED, Step.FILE_BEGUN, Step.FILE_SENT),
                boot.steps().stream().map(BootEvent::step).toList());
    }
}
