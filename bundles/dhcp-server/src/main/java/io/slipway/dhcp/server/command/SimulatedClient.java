package io.slipway.dhcp.server.command;

import io.slipway.boot.BootTransport;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A client that is not there, and the packets that it would send: with an architecture those of its firmware, with the
 * user class {@code iPXE} those of iPXE, else those of an operating system. What they hold is that of captures of OVMF,
 * iPXE and dhclient, and of Intel's ROM by the PXE specification.
 *
 * @param architecture empty for an operating system
 * @param relay the relay agent's address
 * @param userClass option 77
 * @param vendorClass option 60, in place of what the firmware says
 * @param uuid option 97
 * @param clientId option 61
 * @param circuitId suboption 1 of option 82
 */
record SimulatedClient(
        MacAddress mac,
        Optional<FirmwareArchitecture> architecture,
        Optional<Inet4Address> relay,
        Optional<String> userClass,
        Optional<String> vendorClass,
        Optional<UUID> uuid,
        Optional<byte[]> clientId,
        Optional<byte[]> circuitId) {

    private static final int BROADCAST_FLAG = 0x8000;
    private static final int LONGEST = 255;
    private static final String IPXE = "iPXE";

    /** What a kind of software says of itself beside its architecture. */
    private enum Kind {
        UEFI_PXE(BROADCAST_FLAG, 1472, "0102030405060c0d0f111216171c28292a2b3233363a3b3c4243618081828384858687"),
        UEFI_HTTP(BROADCAST_FLAG, 1472, "0102030405060c0d0f111216171c28292a2b3233363a3b3ceb4361"),
        BIOS(BROADCAST_FLAG, 1260, "01020305060b0c0d0f1011122b363c438081828384858687"),
        IPXE(0, 1472, "010306070c0f111a2b3c4243778081828384858687afcb"),
        SYSTEM(0, 0, "011c02030f06770c2c2f1a792a");

        private final int flags;

        /** Option 57; 0 for none. */
        private final int size;

        /** Option 55, in hexadecimal. */
        private final String asks;

        Kind(int flags, int size, String asks) {
            this.flags = flags;
            this.size = size;
            this.asks = asks;
        }
    }

    /** Option 175 of an iPXE that can HTTP, menus, and programs of BIOS. */
    private static final String IPXE_FEATURES =
            "b105011af41000eb03010000170101220101130101110101270101190101290101100102210101150101180101120101";

    /**
     * What the client asks.
     *
     * @param type empty for BOOTP
     * @param requested option 50
     * @param present {@code ciaddr}, the address that the client has
     * @param server option 54, the server that it selects
     */
    record Ask(
            Optional<DhcpMessageType> type,
            Optional<Inet4Address> requested,
            Optional<Inet4Address> present,
            Optional<Inet4Address> server) {}

    SimulatedClient {
        Objects.requireNonNull(mac, "mac");
        requireShort("--class", userClass.map(SimulatedClient::latin));
        requireShort("--vendor-class", vendorClass.map(SimulatedClient::latin));
        requireShort("--client-id", clientId);
        requireShort("--circuit-id", circuitId);
    }

    private static void requireShort(String flag, Optional<byte[]> value) {
        if (value.isPresent() && (value.get().length == 0 || value.get().length > LONGEST - 2)) {
            throw new IllegalArgumentException(
                    flag + " of " + value.get().length + " bytes; expected 1 to " + (LONGEST - 2));
        }
    }

    DhcpMessage packet(Ask ask, int xid) {
        Kind kind = kind();
        DhcpMessage.Builder packet = DhcpMessage.builder()
                .hardware(DhcpMessage.ETHERNET, mac.octets())
                .xid(xid)
                .flags(kind.flags);
        ask.present().ifPresent(packet::clientAddress);
        if (ask.type().isPresent()) {
            packet.type(ask.type().get()).bytes(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST.code(), hex(kind.asks));
            if (kind.size > 0) {
                packet.option(DhcpOptions.DHCP_MAX_MESSAGE_SIZE, kind.size);
            }
            architecture.ifPresent(firmware -> firmware(packet, firmware));
        }
        ask.requested().ifPresent(address -> packet.option(DhcpOptions.DHCP_REQUESTED_ADDRESS, address));
        ask.server().ifPresent(address -> packet.option(DhcpOptions.DHCP_SERVER_IDENTIFIER, address));
        if (kind == Kind.IPXE) {
            packet.bytes(DhcpOptions.ETHERBOOT.code(), hex(IPXE_FEATURES));
            packet.bytes(
                    DhcpOptions.DHCP_CLIENT_IDENTIFIER.code(),
                    hex("01" + HexFormat.of().formatHex(mac.octets())));
        }
        userClass.ifPresent(text -> packet.bytes(DhcpOptions.USER_CLASS.code(), latin(text)));
        vendorClass.ifPresent(text -> packet.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, text));
        uuid.ifPresent(id -> packet.bytes(DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code(), smbios(id)));
        clientId.ifPresent(id -> packet.bytes(DhcpOptions.DHCP_CLIENT_IDENTIFIER.code(), id));
        relay.ifPresent(address -> packet.relayAddress(address).hops(1));
        circuitId.ifPresent(id -> packet.bytes(
                DhcpOptions.DHCP_AGENT_OPTIONS.code(),
                ByteBuffer.allocate(id.length + 2)
                        .put((byte) 1)
                        .put((byte) id.length)
                        .put(id)
                        .array()));
        return packet.build();
    }

    /** Options 60, 93, 94 and 97 (RFC 4578). A UUID of zeros is that of a board on which none was set. */
    private static void firmware(DhcpMessage.Builder packet, FirmwareArchitecture firmware) {
        boolean isBios = isBios(firmware);
        String vendor = firmware.transport() == BootTransport.HTTP ? "HTTPClient" : "PXEClient";
        packet.option(
                DhcpOptions.VENDOR_CLASS_IDENTIFIER,
                String.format(
                        Locale.ROOT, "%s:Arch:%05d:UNDI:%s", vendor, firmware.code(), isBios ? "002001" : "003000"));
        packet.bytes(
                DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code(),
                new byte[] {(byte) (firmware.code() >> 8), (byte) firmware.code()});
        packet.bytes(DhcpOptions.CLIENT_NETWORK_INTERFACE.code(), hex(isBios ? "010201" : "010300"));
        packet.bytes(DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code(), smbios(new UUID(0, 0)));
    }

    private Kind kind() {
        if (userClass.filter(IPXE::equals).isPresent()) {
            return Kind.IPXE;
        }
        if (architecture.isEmpty()) {
            return Kind.SYSTEM;
        }
        if (architecture.get().transport() == BootTransport.HTTP) {
            return Kind.UEFI_HTTP;
        }
        return isBios(architecture.get()) ? Kind.BIOS : Kind.UEFI_PXE;
    }

    private static boolean isBios(FirmwareArchitecture firmware) {
        return firmware.isSameKindAs(FirmwareArchitecture.BIOS_X86);
    }

    /** RFC 4578 section 2.3: type 0, and the bytes as in SMBIOS, the first three fields little-endian. */
    private static byte[] smbios(UUID id) {
        return ByteBuffer.allocate(17)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .putInt((int) (id.getMostSignificantBits() >>> 32))
                .putShort((short) (id.getMostSignificantBits() >>> 16))
                .putShort((short) id.getMostSignificantBits())
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
