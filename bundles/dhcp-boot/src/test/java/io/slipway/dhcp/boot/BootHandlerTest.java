package io.slipway.dhcp.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients.Evidence;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootTransport;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootHandlerTest {

    private final Fakes fakes = new Fakes();
    private final BootHandler handler = new BootHandler(fakes, fakes, new Settings(Optional.empty()));

    private DhcpMessage answer(FakeExchange exchange) {
        assertEquals(Verdict.next(), handler.handle(exchange));
        return exchange.replySoFar();
    }

    private DhcpMessage answer(DhcpMessage request) {
        return answer(FakeExchange.of(request));
    }

    private static DhcpMessage.Builder plain(DhcpMessageType type) {
        return DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, new byte[] {0x52, 0x54, 0, 1, 2, 3})
                .xid(5)
                .type(type);
    }

    private static void assertTellsNothing(DhcpMessage reply) {
        assertEquals(Addresses.ANY, reply.nextServer());
        assertEquals("", reply.bootFile());
        for (int code : new int[] {43, 60, 66, 67, 97}) {
            assertEquals(Optional.empty(), reply.bytes(code), "option " + code);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edk2-pxe", "ipxe-bios"})
    void theOfferIsThisOnTheWire(String firmware) {
        DhcpMessage offer = answer(WireVector.message(firmware + "-discover"));
        assertEquals(WireVector.dump(WireVector.bytes(firmware + "-offer")), WireVector.dump(offer));
    }

    @Test
    void theAckSaysTheSameAsTheOffer() {
        DhcpMessage ack = answer(WireVector.message("edk2-pxe-request"));
        assertEquals("grub/shimx64.efi", ack.bootFile());
        assertEquals(FakeExchange.SERVER, ack.nextServer());
        assertEquals(Optional.of("PXEClient"), ack.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER));
        assertArrayEquals(new byte[] {6, 1, 8, (byte) 255}, ack.bytes(43).orElseThrow());
    }

    @Test
    void aClientIsKnownWhenItsAckLeaves() {
        FakeExchange offer = FakeExchange.of(WireVector.message("edk2-pxe-discover"));
        answer(offer);
        offer.send();
        assertEquals(List.of(), fakes.learnt, "an offer is not yet an address");
        FakeExchange ack = FakeExchange.of(WireVector.message("edk2-pxe-request"));
        answer(ack);
        assertEquals(List.of(), fakes.learnt, "the lease may still fail");
        ack.send();
        Fakes.Learnt learnt = fakes.learnt.get(0);
        assertEquals(FakeExchange.GIVEN, learnt.address());
        assertEquals(Evidence.LEASE, learnt.how());
        assertEquals(FirmwareArchitecture.UEFI_X64, learnt.client().architecture());
        assertEquals("eth0", learnt.client().link());
        assertEquals(Optional.of(FakeExchange.GIVEN), learnt.client().address());
        assertEquals(
                Optional.of("PXEClient:Arch:00007:UNDI:003000"), learnt.client().vendorClass());
    }

    @Test
    void anOperatingSystemIsLearntAndToldNothing() {
        assertTellsNothing(answer(WireVector.message("dhclient-discover")));
        FakeExchange exchange = FakeExchange.of(WireVector.message("dhclient-discover").toBuilder()
                .type(DhcpMessageType.REQUEST)
                .build());
        assertTellsNothing(answer(exchange));
        assertEquals(List.of(), fakes.asked);
        exchange.send();
        assertEquals(FakeExchange.GIVEN, fakes.learnt.get(0).address());
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 77, 93, 175})
    void oneSignOfFirmwareIsEnough(int code) {
        byte[] value =
                switch (code) {
                    case 60 -> "PXEClient".getBytes(StandardCharsets.US_ASCII);
                    case 77 -> "iPXE".getBytes(StandardCharsets.US_ASCII);
                    default -> new byte[] {0, 7};
                };
        DhcpMessage offer =
                answer(plain(DhcpMessageType.DISCOVER).bytes(code, value).build());
        assertTrue(offer.bootFile().length() > 0);
        assertEquals(FakeExchange.SERVER, offer.nextServer());
        assertEquals(Optional.empty(), offer.bytes(67), "not asked for");
    }

    @Test
    void aClientThatAsksForTheBootFileGetsItUnterminated() {
        DhcpMessage offer = answer(plain(DhcpMessageType.DISCOVER)
                .option(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST, new byte[] {67})
                .build());
        assertArrayEquals(
                "pxelinux.0".getBytes(StandardCharsets.US_ASCII),
                offer.bytes(67).orElseThrow());
        assertEquals(Optional.empty(), offer.bytes(43));
        assertEquals(Optional.empty(), offer.bytes(60));
        assertEquals(Optional.empty(), offer.bytes(66));
    }

    @Test
    void noOption60WithoutOption43() {
        // EDK2 would take it for a BINL offer and ask port 4011.
        for (String firmware : List.of("edk2-pxe-discover", "ipxe-bios-discover", "raspberry-pi-discover")) {
            DhcpMessage offer = answer(WireVector.message(firmware));
            assertEquals(offer.bytes(60).isPresent(), offer.bytes(43).isPresent(), firmware);
        }
    }

    @Test
    void whoBootsFromItsDiskIsToldNothing() {
        fakes.instead = Optional.of(new BootDecision.LocalBoot("profile 'local'"));
        assertTellsNothing(answer(WireVector.message("edk2-pxe-discover")));
        FakeExchange ack = FakeExchange.of(WireVector.message("edk2-pxe-request"));
        assertTellsNothing(answer(ack));
        ack.send();
        assertEquals(1, fakes.learnt.size());
    }

    @Test
    void aFileForTftpIsNotToldToHttpBootAsIfItWereServed() {
        DhcpMessage offer = answer(WireVector.message("edk2-http-discover"));
        assertEquals(BootTransport.HTTP, fakes.asked.get(0).transport());
        assertEquals(Optional.empty(), offer.bytes(60));
        assertEquals(Optional.empty(), offer.bytes(43));
    }

    @Test
    void bootpGetsServerNameServerAndFileInTheHeader() {
        DhcpMessage request = plain(DhcpMessageType.DISCOVER)
                .remove(DhcpOptions.DHCP_MESSAGE_TYPE)
                .build();
        FakeExchange exchange = FakeExchange.ofBootp(request);
        DhcpMessage reply = answer(exchange);
        assertEquals("pxelinux.0", reply.bootFile());
        assertEquals("192.0.2.1", reply.serverName());
        assertEquals(FakeExchange.SERVER, reply.nextServer());
        exchange.send();
        assertEquals(Evidence.LEASE, fakes.learnt.get(0).how());
    }

    @Test
    void firmwareThatSaysLessTheSecondTimeIsStillKnown() {
        DhcpMessage discover = WireVector.message("raspberry-pi-discover");
        answer(discover);
        DhcpMessage bare = plain(DhcpMessageType.REQUEST)
                .hardware(DhcpMessage.ETHERNET, discover.hardwareAddress())
                .xid(discover.xid())
                .build();
        DhcpMessage ack = answer(bare);
        assertEquals("pxelinux.0", ack.bootFile());
        assertTrue(new String(ack.bytes(43).orElseThrow(), StandardCharsets.ISO_8859_1).contains("Raspberry Pi Boot"));
        assertTellsNothing(answer(bare.toBuilder().xid(discover.xid() + 1).build()));
    }

    @Test
    void onPort4011TheFileIsToldToTheAddressThatTheClientHas() {
        FakeExchange exchange = FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe");
        DhcpMessage ack = answer(exchange);
        assertEquals("grub/shimx64.efi", ack.bootFile());
        assertEquals(Optional.of("grub/shimx64.efi"), ack.option(DhcpOptions.BOOT_FILE_NAME));
        exchange.send();
        assertEquals(Evidence.PXE_REQUEST, fakes.learnt.get(0).how());
        assertEquals(Addresses.parse("192.0.2.100"), fakes.learnt.get(0).address());
    }

    @Test
    void onPort4011ThereIsNoAnswerWithoutAFile() {
        DhcpMessage request = WireVector.message("edk2-boot-server-request");
        fakes.instead = Optional.of(new BootDecision.Ignore("no profile"));
        FakeExchange exchange = FakeExchange.withoutLease(request, "pxe");
        assertEquals(Verdict.drop("nothing to boot"), handler.handle(exchange));
        DhcpMessage plain =
                plain(DhcpMessageType.REQUEST).clientAddress(FakeExchange.GIVEN).build();
        assertEquals(Verdict.drop("not a boot client"), handler.handle(FakeExchange.withoutLease(plain, "pxe")));
    }

    @Test
    void anInformTeachesNothing() {
        DhcpMessage inform = WireVector.message("edk2-pxe-discover").toBuilder()
                .type(DhcpMessageType.INFORM)
                .clientAddress(FakeExchange.GIVEN)
                .build();
        FakeExchange exchange = FakeExchange.withoutLease(inform, "dhcp");
        assertEquals("grub/shimx64.efi", answer(exchange).bootFile());
        exchange.send();
        assertEquals(List.of(), fakes.learnt);
    }

    @Test
    void filesMayComeFromAnotherServer() {
        BootHandler elsewhere = new BootHandler(fakes, fakes, new Settings(Optional.of(Addresses.parse("192.0.2.9"))));
        FakeExchange exchange = FakeExchange.of(WireVector.message("edk2-pxe-discover"));
        elsewhere.handle(exchange);
        assertEquals(Addresses.parse("192.0.2.9"), exchange.replySoFar().nextServer());
        assertEquals(Optional.of("192.0.2.9"), exchange.replySoFar().option(DhcpOptions.TFTP_SERVER_NAME));
    }

    @Test
    void thePlannerIsAskedWithTheAddressThatTheClientWillHave() {
        answer(WireVector.message("ipxe-bios-discover"));
        BootClient asked = fakes.asked.get(0);
        assertEquals(Optional.of(FakeExchange.GIVEN), asked.address());
        assertEquals(Optional.of("iPXE"), asked.userClass());
        assertEquals(FirmwareArchitecture.BIOS_X86, asked.architecture());
        assertEquals(Optional.empty(), asked.uuid(), "all zero means that none is set");
    }

    @Test
    void aWrongNextServerIsRefusedByName() {
        BootHandler.Config config = new Configured("tftp.example");
        assertEquals(
                "etc/io.slipway.dhcp.boot.cfg: nextServer = 'tftp.example'; expected an IPv4 address such as 192.0.2.1,"
                        + " or nothing",
                assertThrows(IllegalArgumentException.class, () -> new BootHandler(fakes, fakes, config))
                        .getMessage());
    }

    private record Configured(String nextServer) implements BootHandler.Config {
        @Override
        public Class<BootHandler.Config> annotationType() {
            return BootHandler.Config.class;
        }

        @Override
        public String[] menu() {
            return new String[0];
        }

        @Override
        public String[] ask() {
            return new String[0];
        }

        @Override
        public String[] straight() {
            return new String[0];
        }
    }
}
