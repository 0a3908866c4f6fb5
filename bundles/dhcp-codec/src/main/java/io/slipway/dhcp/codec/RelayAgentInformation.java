package io.slipway.dhcp.codec;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a relay agent says of a client (option 82, RFC 3046 section 2): suboptions of code, length and value. One that
 * overruns the option is passed over with what follows it; those before it count, since each is whole.
 */
public final class RelayAgentInformation {

    /** RFC 3046 section 3.1: the port on which the client is. */
    public static final int CIRCUIT_ID = 1;

    /** RFC 3046 section 3.2: the machine at the far end of that port, or the relay agent itself. */
    public static final int REMOTE_ID = 2;

    /** RFC 3527 section 3: an address of the client's network, when that is not {@code giaddr}'s. */
    public static final int LINK_SELECTION = 5;

    /** RFC 5107 section 4: what the server is to call itself, so that renewals come by the relay agent. */
    public static final int SERVER_IDENTIFIER_OVERRIDE = 11;

    private static final RelayAgentInformation NONE = new RelayAgentInformation(Map.of());

    private final Map<Integer, byte[]> suboptions;

    private RelayAgentInformation(Map<Integer, byte[]> suboptions) {
        this.suboptions = suboptions;
    }

    /** What a message holds of it; of one that came past relay agents, nothing. */
    public static RelayAgentInformation of(DhcpMessage message) {
        byte[] bytes = message.options().get(DhcpOptions.DHCP_AGENT_OPTIONS.code());
        return bytes == null ? NONE : parse(bytes);
    }

    /** Reads any bytes. Of two suboptions of one code the first counts. */
    public static RelayAgentInformation parse(byte[] bytes) {
        Map<Integer, byte[]> suboptions = new TreeMap<>();
        int at = 0;
        while (at + 1 < bytes.length) {
            int end = at + 2 + (bytes[at + 1] & 0xff);
            if (end > bytes.length) {
                break;
            }
            suboptions.putIfAbsent(bytes[at] & 0xff, Arrays.copyOfRange(bytes, at + 2, end));
            at = end;
        }
        return new RelayAgentInformation(suboptions);
    }

    /** The value of a suboption. */
    public Optional<byte[]> suboption(int code) {
        return Optional.ofNullable(suboptions.get(code)).map(byte[]::clone);
    }

    public Optional<byte[]> circuitId() {
        return suboption(CIRCUIT_ID);
    }

    public Optional<byte[]> remoteId() {
        return suboption(REMOTE_ID);
    }

    /** Empty also when it is no address. */
    public Optional<Inet4Address> linkSelection() {
        return address(LINK_SELECTION);
    }

    /** Empty also when it is no address. */
    public Optional<Inet4Address> serverIdentifierOverride() {
        return address(SERVER_IDENTIFIER_OVERRIDE);
    }

    private Optional<Inet4Address> address(int code) {
        return suboption(code)
                .filter(bytes -> bytes.length == 4)
                .map(Addresses::of)
                .filter(address -> !address.equals(Addresses.ANY));
    }
}
