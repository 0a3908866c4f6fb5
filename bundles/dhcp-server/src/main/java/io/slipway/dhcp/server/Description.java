package io.slipway.dhcp.server;

import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages in words, for the journal and the log. Text from the network is made printable. */
final class Description {

    private static final int MOST_CHARACTERS = 128;

    private Description() {}

    /** What a client asks and what it says it is: {@code bios-x86, PXEClient:Arch:00000:UNDI:002001, iPXE}. */
    static String ofRequest(Packet packet) {
        DhcpMessage request = packet.request();
        List<String> facts = new ArrayList<>();
        address(request, DhcpOptions.DHCP_REQUESTED_ADDRESS).ifPresent(address -> facts.add("asks for " + address));
        address(request, DhcpOptions.DHCP_SERVER_IDENTIFIER).ifPresent(address -> facts.add("of server " + address));
        if (!request.clientAddress().equals(Addresses.ANY)) {
            facts.add("has " + request.clientAddress().getHostAddress());
        }
        architecture(request).ifPresent(facts::add);
        text(request, DhcpOptions.VENDOR_CLASS_IDENTIFIER).ifPresent(facts::add);
        text(request, DhcpOptions.USER_CLASS).ifPresent(facts::add);
        text(request, DhcpOptions.HOST_NAME).ifPresent(name -> facts.add("host " + name));
        facts.add("on " + packet.door().link().name());
        if (packet.door().name().equals(Destination.PXE_DOOR)) {
            facts.add("port " + packet.door().port());
        }
        if (!request.relayAddress().equals(Addresses.ANY)) {
            facts.add("by relay " + request.relayAddress().getHostAddress());
        }
        return String.join(", ", facts);
    }

    /** What a reply gives: {@code 192.0.2.100, boot file pxelinux.0 of 192.0.2.1}. */
    static String ofReply(DhcpMessage reply) {
        if (reply.type().equals(Optional.of(DhcpMessageType.NAK))) {
            return text(reply, DhcpOptions.DHCP_MESSAGE).orElse("no reason given");
        }
        String address = reply.yourAddress().equals(Addresses.ANY)
                ? "no address"
                : reply.yourAddress().getHostAddress();
        Optional<String> header = Optional.of(printable(reply.bootFile())).filter(file -> !file.isEmpty());
        String file = header.or(() -> text(reply, DhcpOptions.BOOT_FILE_NAME))
                .map(name -> ", boot file " + name + from(reply.nextServer()))
                .orElse("");
        return address + file;
    }

    /** The name of a message's type: {@code DISCOVER}; {@code BOOTP} when it has none. */
    static String type(Optional<DhcpMessageType> type) {
        return type.map(Enum::name).orElse("BOOTP");
    }

    /** The name of a message's type, also when it is none of RFC 2132's. */
    static String type(DhcpMessage message) {
        return message.option(DhcpOptions.DHCP_MESSAGE_TYPE)
                .filter(code -> DhcpMessageType.of(code).isEmpty())
                .map(code -> "TYPE " + code)
                .orElseGet(() -> type(message.type()));
    }

    private static String from(Inet4Address server) {
        return server.equals(Addresses.ANY) ? "" : " of " + server.getHostAddress();
    }

    /** Bytes of another length than an address has are passed over: it is the handlers that refuse them. */
    private static Optional<String> address(DhcpMessage message, DhcpOption<Inet4Address> option) {
        return message.bytes(option.code()).filter(bytes -> bytes.length == 4).map(bytes -> Addresses.of(bytes)
                .getHostAddress());
    }

    private static Optional<String> architecture(DhcpMessage message) {
        return message.bytes(DhcpOptions.CLIENT_SYSTEM_ARCHITECTURE.code())
                .filter(bytes -> bytes.length >= 2)
                .map(bytes -> new FirmwareArchitecture(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)).toString());
    }

    private static Optional<String> text(DhcpMessage message, DhcpOption<?> option) {
        return message.bytes(option.code())
                .map(bytes -> printable(new String(bytes, StandardCharsets.ISO_8859_1)))
                .filter(text -> !text.isEmpty());
    }

    /** By hand, for it is done for every packet. */
    private static String printable(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        StringBuilder clean = new StringBuilder(Math.min(end, MOST_CHARACTERS) + 1);
        for (int i = 0; i < end && i < MOST_CHARACTERS; i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '.');
        }
        return end <= MOST_CHARACTERS ? clean.toString() : clean.append('…').toString();
    }
}
