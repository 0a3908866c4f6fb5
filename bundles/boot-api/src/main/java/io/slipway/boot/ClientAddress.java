package io.slipway.boot;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where a client is. The same address on another link is another machine.
 *
 * @param address of IPv4 or IPv6
 * @param link the network interface on which the client is met; empty when that is not known
 */
public record ClientAddress(InetAddress address, String link) {

    private static final int IPV6_LENGTH = 16;

    /** Two or more groups of zeros. */
    private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

    public ClientAddress {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(link, "link");
    }

    /**
     * The MAC address that the machine has made its IPv6 address of, when it says so by a modified EUI-64 interface
     * identifier (RFC 4291 appendix A). It may lie, as it may about any address that it sends from.
     */
    public Optional<MacAddress> mac() {
        byte[] bytes = address.getAddress();
        if (bytes.length != IPV6_LENGTH || address.isMulticastAddress()) {
            return Optional.empty();
        }
        long id = ByteBuffer.wrap(bytes).getLong(Long.BYTES);
        if (((id >>> 24) & 0xffff) != 0xfffe) {
            return Optional.empty();
        }
        long bits = ((id >>> 40) << 24) | (id & 0xffffff);
        return Optional.of(new MacAddress(bits ^ 0x02_00_00_00_00_00L)); // whose bit "universal/local" is inverted
    }

    /** For example {@code 192.0.2.1}, {@code 2001:db8::1} (RFC 5952) or {@code fe80::1%eth0} (RFC 4007 section 11). */
    @Override
    public String toString() {
        byte[] bytes = address.getAddress();
        if (bytes.length != IPV6_LENGTH) {
            return address.getHostAddress();
        }
        ByteBuffer groups = ByteBuffer.wrap(bytes);
        String all = IntStream.range(0, bytes.length / Short.BYTES)
                .mapToObj(group -> Integer.toHexString(groups.getShort(group * Short.BYTES) & 0xffff))
                .collect(Collectors.joining(":"));
        // RFC 5952 section 4.2.3: the longest run is shortened, of equally long ones the first
        String text = ZEROS.matcher(all)
                .results()
                .max(Comparator.comparingInt((MatchResult run) -> run.group().length())
                        .thenComparing(MatchResult::start, Comparator.reverseOrder()))
                .map(run -> all.substring(0, run.start()) + "::" + all.substring(run.end()))
                .orElse(all);
        return address.isLinkLocalAddress() && !link.isEmpty() ? text + '%' + link : text;
    }
}
