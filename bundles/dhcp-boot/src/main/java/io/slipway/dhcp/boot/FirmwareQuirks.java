package io.slipway.dhcp.boot;

import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.Arrays;
import java.util.Optional;
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
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are only ever copied out; rows are never compared
    private record Reply(
            String vendorClass,
            byte[] vendorOptions,
            byte[] etherboot,
            boolean terminatesFileName,
            boolean fillsServerName,
            boolean wantsUrl) {}

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
