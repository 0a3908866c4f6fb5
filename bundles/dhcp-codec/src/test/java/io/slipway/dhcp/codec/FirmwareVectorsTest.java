package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What real clients send: mostly captured, see the head of each vector. */
class FirmwareVectorsTest {

    @Test
    void ipxeAsBiosRom() {
        DhcpMessage discover = WireVector.of("ipxe-bios-discover").decode();
        assertEquals(DhcpMessage.BOOTREQUEST, discover.op());
        assertEquals(Optional.of(DhcpMessageType.DISCOVER), discover.type());
        assertEquals("52:54:00:12:34:56", mac(discover));
        assertEquals(4, discover.seconds());
        assertFalse(discover.isBroadcast());
        assertEquals(
                "PXEClient:Arch:00000:UNDI:002001",
                discover.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER).get());
        assertArrayEquals(
                new byte[2],
                discover.option(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE).get());
        assertEquals("iPXE", new String(discover.option(DhcpOptions.USER_CLASS).get(), StandardCharsets.US_ASCII));
        assertTrue(discover.asksFor(DhcpOptions.BOOT_FILE_NAME));
        assertTrue(discover.asksFor(DhcpOptions.ETHERBOOT));
        assertFalse(discover.asksFor(DhcpOptions.CLIENT_MACHINE_IDENTIFIER));
        assertEquals(48, discover.option(DhcpOptions.ETHERBOOT).get().length);
        assertEquals(1472, discover.option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE).get());
    }

    @Test
    void ipxeRequest() {
        DhcpMessage request = WireVector.of("ipxe-bios-request").decode();
        assertEquals(Optional.of(DhcpMessageType.REQUEST), request.type());
        assertEquals(
                Addresses.parse("192.0.2.2"),
                request.option(DhcpOptions.DHCP_SERVER_IDENTIFIER).get());
        assertEquals(
                Addresses.parse("192.0.2.100"),
                request.option(DhcpOptions.DHCP_REQUESTED_ADDRESS).get());
        assertEquals(WireVector.of("ipxe-bios-discover").decode().xid(), request.xid());
    }

    @Test
    void edk2() {
        DhcpMessage discover = WireVector.of("edk2-pxe-discover").decode();
        assertTrue(discover.isBroadcast());
        assertArrayEquals(
                new byte[] {0, 7},
                discover.option(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE).get());
        assertEquals(17, discover.option(DhcpOptions.CLIENT_MACHINE_IDENTIFIER).get().length);
        assertTrue(discover.asksFor(DhcpOptions.TFTP_SERVER_NAME));
        assertEquals(
                Optional.of(DhcpMessageType.REQUEST),
                WireVector.of("edk2-pxe-request").decode().type());

        DhcpMessage http = WireVector.of("edk2-http-discover").decode();
        assertTrue(http.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER).get().startsWith("HTTPClient:Arch:00016"));
        assertFalse(http.asksFor(DhcpOptions.TFTP_SERVER_NAME));

        DhcpMessage bootServer = WireVector.of("edk2-boot-server-request").decode();
        assertEquals(Addresses.parse("192.0.2.100"), bootServer.clientAddress());
        assertEquals(Optional.empty(), bootServer.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
    }

    @Test
    void operatingSystems() {
        DhcpMessage dhclient = WireVector.of("dhclient-discover").decode();
        assertEquals(Optional.of("pc"), dhclient.option(DhcpOptions.HOST_NAME));
        assertTrue(dhclient.asksFor(DhcpOptions.ROUTERS));

        DhcpMessage udhcpc = WireVector.of("udhcpc-discover").decode();
        assertEquals(Optional.of("udhcp 1.35.0"), udhcpc.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER));
        assertEquals(7, udhcpc.option(DhcpOptions.DHCP_CLIENT_IDENTIFIER).get().length);
    }

    @Test
    void raspberryPi() {
        DhcpMessage discover = WireVector.of("raspberry-pi-discover").decode();
        assertEquals("dc:a6:32:01:02:03", mac(discover));
        assertArrayEquals(
                new byte[2],
                discover.option(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE).get());
        assertTrue(discover.asksFor(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS));
    }

    @Test
    void relayAgent() {
        DhcpMessage discover = WireVector.of("relayed-discover").decode();
        assertEquals(1, discover.hops());
        assertEquals(Addresses.parse("198.51.100.1"), discover.relayAddress());
        assertEquals(18, discover.option(DhcpOptions.DHCP_AGENT_OPTIONS).get().length);
    }

    private static String mac(DhcpMessage message) {
        return HexFormat.ofDelimiter(":").formatHex(message.hardwareAddress());
    }
}
