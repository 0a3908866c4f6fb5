package io.slipway.dhcp.boot;

import io.slipway.boot.NetworkProgram;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server and file, where this firmware looks for them.
 *
 * @param file the program's path without its leading slash, as TFTP servers name files and pxelinux takes its prefix
 */
record BootAnswer(Inet4Address server, String file, FirmwareQuirks quirks) {

    static BootAnswer of(Inet4Address server, NetworkProgram program, FirmwareQuirks quirks) {
        return new BootAnswer(server, program.path().substring(1), quirks);
    }

    void writeTo(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        DhcpMessage.Builder reply = exchange.reply();
        // Always in the header too: shim and U-Boot read nothing else (rhboot/shim netboot.c).
        reply.nextServer(server).bootFile(file);
        if (quirks.fillsServerName()) {
            reply.serverName(server.getHostAddress());
        }
        // Only when asked: some ROMs stumble over options that they did not ask for.
        if (request.asksFor(DhcpOptions.TFTP_SERVER_NAME)) {
            reply.option(DhcpOptions.TFTP_SERVER_NAME, server.getHostAddress());
        }
        if (request.asksFor(DhcpOptions.BOOT_FILE_NAME)) {
            reply.bytes(DhcpOptions.BOOT_FILE_NAME.code(), fileName());
        }
        quirks.vendorClass().ifPresent(name -> reply.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, name));
        quirks.vendorOptions()
                .ifPresent(bytes -> reply.option(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS, bytes));
        // RFC 4578 section 2.3: as it came, even when it is of no use here.
        int uuid = DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code();
        request.bytes(uuid).ifPresent(bytes -> reply.bytes(uuid, bytes));
    }

    private byte[] fileName() {
        byte[] name = file.getBytes(StandardCharsets.US_ASCII);
        return quirks.terminatesFileName() ? Arrays.copyOf(name, name.length + 1) : name;
    }
}
