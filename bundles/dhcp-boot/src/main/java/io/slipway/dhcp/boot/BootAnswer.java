package io.slipway.dhcp.boot;

import io.slipway.boot.BootTransport;
import io.slipway.boot.NetworkProgram;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Server and file, where this firmware looks for them.
 *
 * @param transport how the file is fetched
 * @param file for TFTP the program's path without its leading slash, as TFTP servers name files and pxelinux takes its
 *     prefix; for HTTP its URL
 */
record BootAnswer(Inet4Address server, BootTransport transport, String file, FirmwareQuirks quirks) {

    /** The header's field less its NUL (RFC 2131 section 2). */
    private static final int MAX_HEADER_FILE = 127;

    private static final int HTTP_PORT = 80;

    /** What may stand in the path of a URL as it is (RFC 3986 section 3.3), without what a shell or a menu reads. */
    private static final String PLAIN = "-._~/+@=:,";

    /** A program that is fetched with TFTP. */
    static BootAnswer byTftp(Inet4Address server, NetworkProgram program, FirmwareQuirks quirks) {
        return new BootAnswer(server, BootTransport.TFTP, program.path().substring(1), quirks);
    }

    /** A program that is fetched with HTTP from a port of the server. */
    static BootAnswer byHttp(Inet4Address server, int port, NetworkProgram program, FirmwareQuirks quirks) {
        String authority = server.getHostAddress() + (port == HTTP_PORT ? "" : ":" + port);
        return new BootAnswer(server, BootTransport.HTTP, "http://" + authority + encoded(program.path()), quirks);
    }

    private static String encoded(String path) {
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (isPlain || PLAIN.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", (int) c));
            }
        }
        return text.toString();
    }

    /** What a person reads: the path, or the URL. */
    String location() {
        return isUrl() ? file : "/" + file;
    }

    /**
     * Names no file yet: the client shows this menu, or asks this server again on port 4011. Not the configured server
     * of files: EDK2 asks the one in {@code siaddr}.
     */
    void leadOn(DhcpExchange exchange, Optional<PxeMenu> menu) {
        exchange.reply().nextServer(exchange.serverAddress());
        menu.map(known -> known.vendorOptions(exchange.serverAddress()))
                .ifPresent(bytes -> exchange.reply().option(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS, bytes));
        identify(exchange);
    }

    /** @param vendorOptions option 43 */
    void writeTo(DhcpExchange exchange, Optional<byte[]> vendorOptions) {
        DhcpMessage request = exchange.request();
        DhcpMessage.Builder reply = exchange.reply();
        boolean fitsHeader = file.length() <= MAX_HEADER_FILE;
        // Always in the header too: shim and U-Boot read nothing else (rhboot/shim netboot.c).
        reply.nextServer(server).bootFile(fitsHeader ? file : "");
        if (quirks.fillsServerName()) {
            reply.serverName(server.getHostAddress());
        }
        // Only when asked: some ROMs stumble over options that they did not ask for.
        if (request.asksFor(DhcpOptions.TFTP_SERVER_NAME)) {
            reply.option(DhcpOptions.TFTP_SERVER_NAME, server.getHostAddress());
        }
        if (request.asksFor(DhcpOptions.BOOT_FILE_NAME) || !fitsHeader || (isUrl() && quirks.wantsUrl())) {
            reply.bytes(DhcpOptions.BOOT_FILE_NAME.code(), fileName());
        }
        vendorOptions.ifPresent(bytes -> reply.option(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS, bytes));
        identify(exchange);
    }

    /** What shows the client that the reply is for its kind. */
    private void identify(DhcpExchange exchange) {
        DhcpMessage.Builder reply = exchange.reply();
        quirks.vendorClass()
                .filter(name -> isUrl() || !quirks.wantsUrl())
                .ifPresent(name -> reply.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, name));
        quirks.etherboot().ifPresent(bytes -> reply.option(DhcpOptions.ETHERBOOT, bytes));
        // RFC 4578 section 2.3: as it came, even when it is of no use here.
        int uuid = DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code();
        exchange.request().bytes(uuid).ifPresent(bytes -> reply.bytes(uuid, bytes));
    }

    /** Whether it is fetched with HTTP. */
    boolean isUrl() {
        return transport == BootTransport.HTTP;
    }

    private byte[] fileName() {
        byte[] name = file.getBytes(StandardCharsets.US_ASCII);
        return quirks.terminatesFileName() ? Arrays.copyOf(name, name.length + 1) : name;
    }
}
