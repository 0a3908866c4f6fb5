package io.slipway.dhcp.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients.Evidence;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootTransport;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the DHCP server of somebody else: each family of firmware, byte by byte. */
class ProxyVectorsTest {

    static final BootMenu MENU = new BootMenu(
            "Lab",
            List.of(
                    new BootEntry.Linux("memtest", "Memtest86+", "/images/a/memtest", List.of(), ""),
                    new BootEntry.Linux("debian", "Debian 13", "/images/a/linux", List.of(), ""),
                    new BootEntry.LocalBoot("disk", "Local disk")),
            "debian",
            Duration.ofSeconds(10));

    private final Fakes fakes = new Fakes();
    private final BootHandler handler = new BootHandler(fakes, fakes, new Settings(Optional.empty()));

    private static BootHandler led(Fakes fakes, Lead lead, String pattern) {
        return new BootHandler(
                fakes, fakes, new Settings(Optional.empty(), Map.of(lead, List.of(new ClientPattern(pattern)))));
    }

    private static void assertAnswers(String expected, BootHandler handler, FakeExchange exchange) {
        assertEquals(Verdict.next(), handler.handle(exchange));
        DhcpMessage reply = exchange.replySoFar();
        boolean isAck = reply.type().equals(Optional.of(DhcpMessageType.ACK));
        // RFC 2131 table 3: the server's part
        DhcpMessage sent = isAck
                ? reply.toBuilder()
                        .clientAddress(exchange.request().clientAddress())
                        .build()
                : reply;
        assertEquals(WireVector.dump(WireVector.bytes(expected)), WireVector.dump(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipxe-bios", "edk2-pxe", "intel-rom", "raspberry-pi"})
    void theOfferBesideAnotherServerIsThisOnTheWire(String family) {
        FakeExchange exchange = FakeExchange.ofProxy(WireVector.message(family + "-discover"));
        assertAnswers(family + "-proxy-offer", handler, exchange);
        exchange.send();
        assertEquals(List.of(), fakes.learnt, "an offer is not yet an address");
    }

    @Test
    void whoWasToldToAskGetsTheFileOnPort4011() {
        assertAnswers(
                "edk2-boot-server-ack",
                handler,
                FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe"));
    }

    @Test
    void theFirmwareShowsTheMenuWhereThatIsWanted() {
        fakes.decision(new BootDecision.Netboot(MENU, Optional.empty(), "profile 'lab'"));
        assertAnswers(
                "intel-rom-menu-offer",
                led(fakes, Lead.MENU, "00:02:b3:*"),
                FakeExchange.ofProxy(WireVector.message("intel-rom-discover")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pxe", "dhcp"})
    void whatWasChosenIsGiven(String door) {
        fakes.decision(new BootDecision.Netboot(MENU, Optional.empty(), "profile 'lab'"));
        FakeExchange exchange = FakeExchange.withoutLease(WireVector.message("intel-rom-discovery"), door);
        assertAnswers("intel-rom-discovery-ack", led(fakes, Lead.MENU, "*"), exchange);
        exchange.send();
        Fakes.Learnt learnt = fakes.learnt.get(0);
        assertEquals(Evidence.PXE_REQUEST, learnt.how());
        assertEquals(Addresses.parse("192.0.2.100"), learnt.address());
        assertEquals("memtest", learnt.client().labels().get(BootClient.CHOSEN_ENTRY));
    }

    @ParameterizedTest
    @CsvSource({"8003", "8002", "7fff", "ffff"})
    void anItemThatIsNotInTheMenuIsNotAnswered(String type) {
        fakes.decision(new BootDecision.Netboot(MENU, Optional.empty(), "profile 'lab'"));
        int code = Integer.parseInt(type, 16);
        DhcpMessage request = WireVector.message("intel-rom-discovery").toBuilder()
                .bytes(43, new byte[] {71, 4, (byte) (code >> 8), (byte) code, 0, 0, (byte) 255})
                .build();
        assertEquals(Verdict.drop("no such boot item"), handler.handle(FakeExchange.withoutLease(request, "pxe")));
    }

    @Test
    void uefiThatIsToShowTheMenuIsSentToPort4011First() {
        fakes.decision(new BootDecision.Netboot(MENU, Optional.empty(), "profile 'lab'"));
        BootHandler withMenu = led(fakes, Lead.MENU, "uefi-x64");
        assertAnswers("edk2-pxe-proxy-offer", withMenu, FakeExchange.ofProxy(WireVector.message("edk2-pxe-discover")));
        FakeExchange again = FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe");
        withMenu.handle(again);
        assertArrayEquals(
                WireVector.message("intel-rom-menu-offer").bytes(43).orElseThrow(),
                again.replySoFar().bytes(43).orElseThrow());
        assertEquals("", again.replySoFar().bootFile());
    }

    @Test
    void theSwitchOverridesTheKindOfFirmware() {
        FakeExchange straight = FakeExchange.ofProxy(WireVector.message("edk2-pxe-discover"));
        led(fakes, Lead.STRAIGHT, "pxeclient:arch:00007:*").handle(straight);
        assertArrayEquals(
                new byte[] {6, 1, 8, (byte) 255},
                straight.replySoFar().bytes(43).orElseThrow());
        assertEquals("grub/shimx64.efi", straight.replySoFar().bootFile());
        FakeExchange ask = FakeExchange.ofProxy(WireVector.message("ipxe-bios-discover"));
        led(fakes, Lead.ASK, "bios-x86").handle(ask);
        assertEquals(Optional.empty(), ask.replySoFar().bytes(43));
        assertEquals("", ask.replySoFar().bootFile());
        FakeExchange leased = FakeExchange.of(WireVector.message("edk2-pxe-discover"));
        led(fakes, Lead.ASK, "*").handle(leased);
        assertEquals(Optional.of("PXEClient"), leased.replySoFar().option(DhcpOptions.VENDOR_CLASS_IDENTIFIER));
        assertEquals(Optional.empty(), leased.replySoFar().bytes(43));
        assertEquals(Optional.empty(), leased.replySoFar().bytes(67));
    }

    @Test
    void thePortIsAskedOfThisServerThoughFilesComeFromAnother() {
        Settings elsewhere = new Settings(Optional.of(Addresses.parse("192.0.2.9")));
        BootHandler other = new BootHandler(fakes, fakes, elsewhere);
        FakeExchange offer = FakeExchange.ofProxy(WireVector.message("edk2-pxe-discover"));
        other.handle(offer);
        assertEquals(FakeExchange.SERVER, offer.replySoFar().nextServer());
        FakeExchange ack = FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe");
        other.handle(ack);
        assertEquals(Addresses.parse("192.0.2.9"), ack.replySoFar().nextServer());
    }

    @Test
    void besideAnotherServerThereIsNoOfferWithoutAFile() {
        fakes.instead = Optional.of(new BootDecision.LocalBoot("profile 'local'"));
        FakeExchange exchange = FakeExchange.ofProxy(WireVector.message("edk2-pxe-discover"));
        assertEquals(Verdict.drop("nothing to boot"), handler.handle(exchange));
    }

    @Test
    void whoTakesTheAddressOfAnotherServerIsKnownAndNotAnswered() {
        FakeExchange exchange = FakeExchange.unanswered(WireVector.message("edk2-pxe-request"));
        assertEquals(Verdict.drop("not for this server"), handler.handle(exchange));
        Fakes.Learnt learnt = fakes.learnt.get(0);
        assertEquals(Evidence.FOREIGN_LEASE, learnt.how());
        assertEquals(exchange.request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS), Optional.of(learnt.address()));
        assertEquals(Optional.of(learnt.address()), learnt.client().address());
        assertEquals(List.of(), fakes.asked, "nothing is planned for an answer that is not sent");
    }

    @Test
    void loadersAreToldThatAnotherServerLeasesTheAddress() {
        handler.handle(FakeExchange.ofProxy(WireVector.message("edk2-pxe-discover")));
        FakeExchange ack = FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe");
        handler.handle(ack);
        ack.send();
        handler.handle(FakeExchange.unanswered(WireVector.message("edk2-pxe-request")));
        for (BootClient asked : fakes.asked) {
            assertEquals("true", asked.labels().get(BootClient.LEASED_ELSEWHERE));
        }
        for (Fakes.Learnt learnt : fakes.learnt) {
            assertEquals("true", learnt.client().labels().get(BootClient.LEASED_ELSEWHERE));
        }
        assertEquals(2, fakes.asked.size());
        assertEquals(2, fakes.learnt.size());
        handler.handle(FakeExchange.of(WireVector.message("edk2-pxe-discover")));
        handler.handle(FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe"));
        assertEquals(null, fakes.asked.get(2).labels().get(BootClient.LEASED_ELSEWHERE), "now it is ours");
        assertEquals(null, fakes.asked.get(3).labels().get(BootClient.LEASED_ELSEWHERE));
    }

    @Test
    void whatWasChosenIsNotForgottenByTheLoaderThatComesAfter() {
        fakes.decision(new BootDecision.Netboot(MENU, Optional.empty(), "profile 'lab'"));
        BootHandler withMenu = led(fakes, Lead.MENU, "*");
        DhcpMessage chosen = WireVector.message("intel-rom-discovery");
        withMenu.handle(FakeExchange.withoutLease(chosen, "pxe"));
        DhcpMessage ipxe = WireVector.message("ipxe-bios-discover").toBuilder()
                .hardware(DhcpMessage.ETHERNET, chosen.hardwareAddress())
                .build();
        withMenu.handle(FakeExchange.ofProxy(ipxe));
        DhcpMessage request = ipxe.toBuilder()
                .type(DhcpMessageType.REQUEST)
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, FakeExchange.GIVEN)
                .build();
        withMenu.handle(FakeExchange.unanswered(request));
        assertEquals("memtest", fakes.learnt.get(0).client().labels().get(BootClient.CHOSEN_ENTRY));
        withMenu.handle(FakeExchange.ofProxy(ipxe.toBuilder().xid(1).build()));
        BootClient anew = fakes.asked.get(fakes.asked.size() - 1);
        assertEquals(null, anew.labels().get(BootClient.CHOSEN_ENTRY), "the next boot is asked anew");
    }

    @Test
    void ipxeThatIsGivenItsScriptIsShownNoMenu() {
        fakes.decision(new BootDecision.Netboot(MENU, Optional.empty(), "profile 'lab'"));
        fakes.program = Optional.of(new NetworkProgram("/ipxe/boot.ipxe", BootTransport.HTTP));
        BootHandler withMenu = new BootHandler(
                fakes, fakes, new Settings(Optional.empty(), Map.of(Lead.MENU, List.of(new ClientPattern("*")))));
        withMenu.doors = () -> List.of(HttpProgramTest.door("http", "eth0", 80));
        FakeExchange exchange = FakeExchange.ofProxy(WireVector.message("ipxe-bios-discover"));
        withMenu.handle(exchange);
        assertEquals("http://192.0.2.1/ipxe/boot.ipxe", exchange.replySoFar().bootFile());
        assertArrayEquals(
                new byte[] {6, 1, 8, (byte) 255},
                exchange.replySoFar().bytes(43).orElseThrow());
    }

    @Test
    void aMenuFitsOneOptionWhateverItsSize() {
        List<BootEntry> many = IntStream.range(0, 40)
                .<BootEntry>mapToObj(i -> new BootEntry.Linux("e" + i, "x".repeat(200), "/k", List.of(), ""))
                .toList();
        byte[] option =
                new PxeMenu(new BootMenu("Lab", many, "e39", Duration.ofDays(1))).vendorOptions(FakeExchange.SERVER);
        assertEquals(true, option.length <= 255, "length " + option.length);
        assertEquals((byte) 255, option[option.length - 1]);
        assertArrayEquals(new byte[] {(byte) 0x80, 39}, Arrays.copyOfRange(option, 5, 7), "default first");
    }

    @ParameterizedTest
    @CsvSource({
        "'',               -1",
        "47,               -1",
        "4704,             -1",
        "47048000,         -1",
        "ff470480000000,   -1",
        "47018000,         -1",
        "470480010000ff,   32769",
        "4702 8001,        32769",
        "00 0601 08 4704 80020000, 32770",
    })
    void onlyAWholeItemIsOne(String hex, int type) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertEquals(
                type < 0 ? Optional.empty() : Optional.of(type),
                PxeMenu.asked(bytes).map(PxeMenu.Item::type));
    }

    @Test
    void aWrongPatternIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ClientPattern(" "));
        assertThrows(IllegalArgumentException.class, () -> new ClientPattern("52:54\u0001"));
        BootClient client = BootClient.builder(MacAddress.of(new byte[] {0x52, 0x54, 0, 1, 2, 3}))
                .build();
        assertEquals(true, new ClientPattern("52:54:00:01:02:0?").matches(client));
        assertEquals(true, new ClientPattern("BIOS-*").matches(client));
        assertEquals(false, new ClientPattern("52:54:00:.*").matches(client), "no regular expression");
    }
}
