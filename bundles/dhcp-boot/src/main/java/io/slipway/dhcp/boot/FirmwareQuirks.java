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
enum FirmwareQuirks {

    /** RFC 951: one reply, from its header alone; old ROMs want all of it filled. */
    BOOTP(request -> request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isEmpty(), "", Bytes.NONE, false, true),

    /** UEFI HTTP Boot: takes only a URL from a server that says so; a file name for TFTP is no use to it. */
    HTTP(request -> vendorClassStartsWith(request, "HTTPClient"), "", Bytes.NONE, false, false),

    /**
     * PXE ROMs. EDK2 writes a NUL behind an option 67 that has none, over the byte that follows (tianocore/edk2
     * {@code PxeBcBoot.c}), so the option brings its own.
     */
    PXE(request -> vendorClassStartsWith(request, "PXEClient"), "PXEClient", Bytes.SKIP_DISCOVERY, true, false),

    /** U-Boot, Raspberry Pi's later requests, loaders that ask again. */
    OTHER(request -> true, "", Bytes.NONE, false, false);

    /** Values of option 43. In a class of its own because a constant of the enum cannot refer to a later field. */
    private static final class Bytes {
        private static final byte[] NONE = {};

        /** PXE_DISCOVERY_CONTROL = 8 (bit 3), end. */
        private static final byte[] SKIP_DISCOVERY = {6, 1, 8, (byte) 255};
    }

    private final Predicate<DhcpMessage> fits;
    private final String vendorClass;
    private final byte[] vendorOptions;
    private final boolean terminatesFileName;
    private final boolean fillsServerName;

    FirmwareQuirks(
            Predicate<DhcpMessage> fits,
            String vendorClass,
            byte[] vendorOptions,
            boolean terminatesFileName,
            boolean fillsServerName) {
        this.fits = fits;
        this.vendorClass = vendorClass;
        this.vendorOptions = vendorOptions;
        this.terminatesFileName = terminatesFileName;
        this.fillsServerName = fillsServerName;
    }

    static FirmwareQuirks of(DhcpMessage request) {
        return Arrays.stream(values()).filter(row -> row.fits.test(request)).findFirst().orElse(OTHER);
    }

    /** Option 60 of the reply. */
    Optional<String> vendorClass() {
        return Optional.of(vendorClass).filter(text -> !text.isEmpty());
    }

    /** Option 43 of the reply. */
    Optional<byte[]> vendorOptions() {
        return Optional.of(vendorOptions.clone()).filter(bytes -> bytes.length > 0);
    }

    /** Whether option 67 ends with a NUL. Option 66 never does: it breaks the Raspberry Pi (firmware#871). */
    boolean terminatesFileName() {
        return terminatesFileName;
    }

    /** Whether the header's {@code sname} is filled. */
    boolean fillsServerName() {
        return fillsServerName;
    }

    private static boolean vendorClassStartsWith(DhcpMessage request, String start) {
        return request.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER)
                .filter(text -> text.startsWith(start))
                .isPresent();
    }
}
