package io.slipway.dhcp.boot;

import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a kind of firmware must be told beside server and file. The first row that fits a request is its kind.
 *
 * <p>Why PXE gets options 60 and 43 together, BIOS and UEFI alike: EDK2 ({@code PxeBcDhcp4.c}) takes an offer with
 * option 60 and without discovery options for a BINL offer, which sends it to port 4011; with suboption 6 it is a PXE
 * 1.0 offer, which wins over all others, and bit 3 ("skip discovery, take the file") leads straight to TFTP. BIOS ROMs
 * go by the same rule of the PXE specification 2.1, table 2-1. iPXE waits 2 s for a proxyDHCP offer unless the offer
 * itself holds option 60.
 */
@SuppressWarnings("ImmutableEnumChecker") // it cannot know that the predicates hold nothing and that no array leaves
enum FirmwareQuirks {

    /** RFC 951: one reply, from its header alone; old ROMs want all of it filled. */
    BOOTP(
            request -> request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isEmpty(),
            new Reply("", Bytes.NONE, Bytes.NONE, false, true, false)),

    /**
     * UEFI HTTP Boot: takes only a URL, and only in an offer that says {@code HTTPClient} (EDK2
     * {@code HttpBootDhcp4.c}); a file name for TFTP is no use to it. Writes a NUL behind option 67 as PXE does.
     */
    HTTP(
            request -> vendorClassStartsWith(request, "HTTPClient"),
            new Reply("HTTPClient", Bytes.NONE, Bytes.NONE, true, false, true)),

    /** iPXE, by either of its signs; it says {@code PXEClient} too. Told that there is no proxyDHCP to wait for. */
    IPXE(FirmwareQuirks::isIpxe, new Reply("PXEClient", Bytes.SKIP_DISCOVERY, Bytes.NO_PXEDHCP, true, false, false)),

    /**
     * The Raspberry Pi's ROM and EEPROM, which call themselves a BIOS: they go on only when option 43 has a menu with
     * an entry of this name, and look at nothing else of it (dnsmasq's {@code pxe-service=0,"Raspberry Pi Boot"}).
     */
    RASPBERRY_PI(
            FirmwareQuirks::isRaspberryPi,
            new Reply("PXEClient", Bytes.RASPBERRY_PI_MENU, Bytes.NONE, true, false, false)),

    /**
     * UEFI's own PXE client. From a proxy EDK2 takes only offers without option 43 for sure: it throws PXE 1.0 offers
     * without an address away ({@code PxeBcCacheDhcp4Offer} of many versions). So it is sent to port 4011.
     */
    PXE_UEFI(
            FirmwareQuirks::isUefi,
            new Reply("PXEClient", Bytes.SKIP_DISCOVERY, Bytes.NONE, true, false, false, Lead.ASK)),

    /**
     * PXE ROMs. EDK2 writes a NUL behind an option 67 that has none, over the byte that follows (tianocore/edk2
     * {@code PxeBcBoot.c}), so the option brings its own.
     */
    PXE(
            request -> vendorClassStartsWith(request, "PXEClient"),
            new Reply("PXEClient", Bytes.SKIP_DISCOVERY, Bytes.NONE, true, false, false)),

    /** U-Boot, Raspberry Pi's later requests, loaders that ask again. */
    OTHER(request -> true, new Reply("", Bytes.NONE, Bytes.NONE, false, false, false));

    /** Values of options 43 and 175. In a class of its own because a constant cannot refer to a later field. */
    private static final class Bytes {
        private static final byte[] NONE = {};

        /** PXE_DISCOVERY_CONTROL = 8 (bit 3), end. */
        private static final byte[] SKIP_DISCOVERY = {6, 1, 8, (byte) 255};

        /** PXE_DISCOVERY_CONTROL = 3, prompt "PXE" without waiting, one entry of type 0, end. */
        private static final byte[] RASPBERRY_PI_MENU = HexFormat.of()
                .parseHex("060103" + "0a0400505845" + "0914000011" + "52617370626572727920506920426f6f74" + "ff");

        /** 176 no-pxedhcp = 1 (ipxe {@code src/include/ipxe/dhcp.h}). */
        private static final byte[] NO_PXEDHCP = {(byte) 176, 1, 1};
    }

    /**
     * What such a reply holds.
     *
     * @param vendorClass option 60; empty for none
     * @param vendorOptions option 43; empty for none
     * @param etherboot option 175; empty for none
     * @param terminatesFileName whether option 67 ends with a NUL
     * @param fillsServerName whether {@code sname} is filled
     * @param wantsUrl whether it boots from a URL only, which it may not ask for by option 67
     * @param besideOthers how it is led where another server leases the addresses
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are only ever copied out; rows are never compared
    private record Reply(
            String vendorClass,
            byte[] vendorOptions,
            byte[] etherboot,
            boolean terminatesFileName,
            boolean fillsServerName,
            boolean wantsUrl,
            Lead besideOthers) {

        Reply(
                String vendorClass,
                byte[] vendorOptions,
                byte[] etherboot,
                boolean terminatesFileName,
                boolean fillsServerName,
                boolean wantsUrl) {
            this(vendorClass, vendorOptions, etherboot, terminatesFileName, fillsServerName, wantsUrl, Lead.STRAIGHT);
        }
    }

    /** Of Raspberry Pi Foundation and Raspberry Pi Trading (IEEE's registry). */
    private static final Set<String> RASPBERRY_PI_MACS =
            Set.of("b827eb", "dca632", "e45f01", "28cdc1", "d83add", "2ccf67", "88a29e");

    private static final int FIRST_UEFI = 6;

    private final Predicate<DhcpMessage> fits;
    private final Reply reply;

    FirmwareQuirks(Predicate<DhcpMessage> fits, Reply reply) {
        this.fits = fits;
        this.reply = reply;
    }

    static FirmwareQuirks of(DhcpMessage request) {
        return Arrays.stream(values())
                .filter(row -> row.fits.test(request))
                .findFirst()
                .orElse(OTHER);
    }

    /** Option 60 of the reply. */
    Optional<String> vendorClass() {
        return Optional.of(reply.vendorClass).filter(text -> !text.isEmpty());
    }

    /** Option 43 of the reply. */
    Optional<byte[]> vendorOptions() {
        return Optional.of(reply.vendorOptions.clone()).filter(bytes -> bytes.length > 0);
    }

    /** Option 175 of the reply. */
    Optional<byte[]> etherboot() {
        return Optional.of(reply.etherboot.clone()).filter(bytes -> bytes.length > 0);
    }

    /** Whether option 67 ends with a NUL. Option 66 never does: it breaks the Raspberry Pi (firmware#871). */
    boolean terminatesFileName() {
        return reply.terminatesFileName;
    }

    /** Whether the header's {@code sname} is filled. */
    boolean fillsServerName() {
        return reply.fillsServerName;
    }

    /** Whether option 67 is told unasked, and nothing but a URL can be in it. */
    boolean wantsUrl() {
        return reply.wantsUrl;
    }

    /** How it is led where another server leases the addresses, when nothing is configured. */
    Lead besideOthers() {
        return reply.besideOthers;
    }

    /** Whether it is led by option 43 at all. */
    boolean isPxe() {
        return reply.vendorClass.equals("PXEClient");
    }

    /** Option 97 of its EEPROM begins with "RPi" and the model; the ROM of older ones is known by its maker's MACs. */
    private static boolean isRaspberryPi(DhcpMessage request) {
        byte[] uuid =
                request.bytes(DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code()).orElse(Bytes.NONE);
        boolean saysSo = uuid.length > 4 && uuid[1] == 'R' && uuid[2] == 'P' && uuid[3] == 'i';
        String mac = HexFormat.of().formatHex(request.hardwareAddress());
        return vendorClassStartsWith(request, "PXEClient:Arch:00000")
                && (saysSo || RASPBERRY_PI_MACS.stream().anyMatch(mac::startsWith));
    }

    /** RFC 4578 section 2.1: codes below 6 are no UEFI. */
    private static boolean isUefi(DhcpMessage request) {
        byte[] codes =
                request.bytes(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code()).orElse(Bytes.NONE);
        return vendorClassStartsWith(request, "PXEClient")
                && codes.length >= 2
                && (((codes[0] & 0xff) << 8) | (codes[1] & 0xff)) >= FIRST_UEFI;
    }

    private static boolean isIpxe(DhcpMessage request) {
        return Firmware.userClass(request).filter(name -> name.equals("iPXE")).isPresent()
                || request.bytes(DhcpOptions.ETHERBOOT.code()).isPresent();
    }

    private static boolean vendorClassStartsWith(DhcpMessage request, String start) {
        return request.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER)
                .filter(text -> text.startsWith(start))
                .isPresent();
    }
}
