package io.slipway.dhcp.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootTransport;
import io.slipway.boot.NetworkProgram;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.Door;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs that are fetched with HTTP. */
class HttpProgramTest {

    private record FakeDoor(String name, Link link, int port) implements Door {
        @Override
        public String transport() {
            return "nio";
        }
    }

    private final Fakes fakes = new Fakes();
    private final BootHandler handler = new BootHandler(fakes, fakes, new Settings(Optional.empty()));

    static Door door(String name, String link, int port) {
        return new FakeDoor(name, new Link(link, 2, List.of(new LinkAddress(FakeExchange.SERVER, 24)), 1500), port);
    }

    private void doors(Door... open) {
        handler.doors = () -> List.of(open);
    }

    private DhcpMessage answer(DhcpMessage request, String path) {
        fakes.program = Optional.of(new NetworkProgram(path, BootTransport.HTTP));
        FakeExchange exchange = FakeExchange.of(request);
        assertEquals(Verdict.next(), handler.handle(exchange));
        return exchange.replySoFar();
    }

    private static DhcpMessage again(DhcpMessage discover) {
        return discover.toBuilder()
                .type(DhcpMessageType.REQUEST)
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.SERVER)
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, FakeExchange.GIVEN)
                .build();
    }

    private static void assertOnTheWire(String vector, DhcpMessage reply) {
        assertEquals(WireVector.dump(WireVector.bytes(vector)), WireVector.dump(reply));
    }

    @Test
    void httpBootGetsItsUrlInTheOfferAndInTheAck() {
        doors(door("tftp", "eth0", 69), door("http", "eth1", 8081), door("http", "eth0", 80));
        DhcpMessage discover = WireVector.message("edk2-http-discover");
        assertOnTheWire("edk2-http-offer", answer(discover, "/grub/shimx64.efi"));
        assertOnTheWire("edk2-http-ack", answer(again(discover), "/grub/shimx64.efi"));
        assertEquals(BootTransport.HTTP, fakes.asked.get(0).transport());
    }

    @Test
    void httpBootGetsItsUrlUnasked() {
        doors(door("http", "eth0", 80));
        DhcpMessage silent = WireVector.message("edk2-http-discover").toBuilder()
                .remove(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST)
                .build();
        assertTrue(answer(silent, "/a.efi").bytes(67).isPresent());
    }

    @Test
    void ipxeGetsAUrlWithThePortOfTheDoor() {
        doors(door("http", "eth0", 8080));
        assertOnTheWire("ipxe-bios-http-offer", answer(WireVector.message("ipxe-bios-discover"), "/ipxe/boot.ipxe"));
        DhcpMessage discover = WireVector.message("ipxe-bios-discover");
        assertEquals(
                "http://192.0.2.1:8080/ipxe/boot.ipxe",
                answer(again(discover), "/ipxe/boot.ipxe").bootFile());
    }

    @Test
    void withoutAnHttpDoorOnTheLinkThereIsNoProgram() {
        DhcpMessage discover = WireVector.message("edk2-http-discover");
        assertNoProgram(answer(discover, "/grub/shimx64.efi"));
        doors();
        assertNoProgram(answer(discover, "/grub/shimx64.efi"));
        doors(door("http", "eth1", 80), door("tftp", "eth0", 69));
        assertNoProgram(answer(discover, "/grub/shimx64.efi"));
        fakes.program = Optional.of(new NetworkProgram("/ipxe/boot.ipxe", BootTransport.HTTP));
        FakeExchange pxe = FakeExchange.withoutLease(WireVector.message("edk2-boot-server-request"), "pxe");
        assertEquals(Verdict.drop("nothing to boot"), handler.handle(pxe));
    }

    private static void assertNoProgram(DhcpMessage reply) {
        assertEquals(Addresses.ANY, reply.nextServer());
        assertEquals("", reply.bootFile());
        for (int code : new int[] {43, 60, 66, 67, 97, 175}) {
            assertEquals(Optional.empty(), reply.bytes(code), "option " + code);
        }
    }

    @Test
    void aUrlThatIsTooLongForTheHeaderIsInOption67Only() {
        doors(door("http", "eth0", 80));
        String fits = "/" + "a".repeat(127 - "http://192.0.2.1/".length());
        assertEquals(
                "http://192.0.2.1" + fits,
                answer(WireVector.message("edk2-http-discover"), fits).bootFile());
        DhcpMessage bare = WireVector.message("ipxe-bios-discover").toBuilder()
                .remove(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST)
                .build();
        assertEquals(Optional.empty(), answer(bare, fits).bytes(67), "not asked for");
        DhcpMessage reply = answer(bare, fits + "a");
        assertEquals("", reply.bootFile());
        assertEquals(FakeExchange.SERVER, reply.nextServer());
        assertEquals(Optional.of("http://192.0.2.1" + fits + "a"), reply.option(DhcpOptions.BOOT_FILE_NAME));
    }

    @Test
    void aPathIsEncodedInTheUrl() {
        doors(door("http", "eth0", 80));
        assertEquals(
                "http://192.0.2.1/a%25b%23%3F%7B/c~1+@=,:.efi",
                answer(WireVector.message("edk2-http-discover"), "/a%b#?{/c~1+@=,:.efi")
                        .bootFile());
    }

    @Test
    void plainPxeHasNoOption175() {
        doors(door("http", "eth0", 80));
        FakeExchange exchange = FakeExchange.of(WireVector.message("edk2-pxe-discover"));
        handler.handle(exchange);
        assertOnTheWire("edk2-pxe-offer", exchange.replySoFar());
    }
}
