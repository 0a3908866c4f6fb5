package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootTransport;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.MachineUuid;
import io.slipway.dhcp.codec.UserClass;
import java.util.Optional;

/**
 * What a request tells of what sent it.
 *
 * @param client without its address
 * @param boots whether it is firmware or a loader that wants to boot, rather than an operating system
 * @param quirks the kind of firmware
 */
record Firmware(BootClient client, boolean boots, FirmwareQuirks quirks) {

    static Firmware of(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        FirmwareQuirks quirks = FirmwareQuirks.of(request);
        BootClient.Builder client = BootClient.builder(exchange.mac()).link(exchange.link());
        architecture(request).ifPresent(client::architecture);
        if (quirks == FirmwareQuirks.HTTP) {
            client.transport(BootTransport.HTTP);
        }
        request.bytes(DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code())
                .flatMap(MachineUuid::parse)
                .ifPresent(client::uuid);
        userClass(request).ifPresent(client::userClass);
        request.bytes(DhcpOptions.ETHERBOOT.code()).map(IpxeFeatures::parse).ifPresent(client::features);
        request.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER)
                .map(UserClass::printable)
                .filter(text -> !text.isEmpty())
                .ifPresent(client::vendorClass);
        return new Firmware(client.build(), boots(request, quirks), quirks);
    }

    Firmware labelled(String label, String value) {
        return new Firmware(client.toBuilder().label(label, value).build(), boots, quirks);
    }

    boolean isLeasedElsewhere() {
        return client.labels().containsKey(BootClient.LEASED_ELSEWHERE);
    }

    /** RFC 4578 section 2.1: a list of 16-bit codes, the first preferred. A list too short to hold one says nothing. */
    private static Optional<FirmwareArchitecture> architecture(DhcpMessage request) {
        return request.bytes(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code())
                .filter(bytes -> bytes.length >= 2)
                .map(bytes -> new FirmwareArchitecture(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)));
    }

    static Optional<String> userClass(DhcpMessage request) {
        return request.bytes(DhcpOptions.USER_CLASS.code()).flatMap(UserClass::parse);
    }

    private static boolean boots(DhcpMessage request, FirmwareQuirks quirks) {
        return quirks != FirmwareQuirks.OTHER
                || request.bytes(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code()).isPresent()
                || request.asksFor(DhcpOptions.BOOT_FILE_NAME);
    }
}
