package io.slipway.dhcp.server;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** By which MAC address a client is known here. */
final class ClientAddress {

    /** IEEE 802: the second lowest bit of the first octet marks addresses that no maker gave, the lowest groups. */
    private static final int LOCAL = 0x02;

    private static final int GROUP = 0x01;

    private ClientAddress() {}

    /**
     * Its hardware address when it is Ethernet's. A client on another link leaves {@code chaddr} out, or has one of
     * another length, and must say a client identifier then (RFC 4390 section 2.1): the address is made of that, always
     * the same of the same one, and 46 bits of a digest make two of one address unlikely.
     *
     * @return empty when there is neither
     */
    static Optional<MacAddress> of(DhcpMessage request) {
        byte[] hardwareAddress = request.hardwareAddress();
        if (request.hardwareType() == DhcpMessage.ETHERNET && hardwareAddress.length == MacAddress.LENGTH) {
            return Optional.of(MacAddress.of(hardwareAddress));
        }
        return request.bytes(DhcpOptions.DHCP_CLIENT_IDENTIFIER.code())
                .filter(identifier -> identifier.length > 0)
                .map(ClientAddress::standIn);
    }

    private static MacAddress standIn(byte[] identifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identifier);
            digest[0] = (byte) ((digest[0] & ~GROUP) | LOCAL);
            return MacAddress.of(Arrays.copyOf(digest, MacAddress.LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
