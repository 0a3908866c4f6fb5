package io.slipway.dhcp.codec;

import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One route of option 121.
 *
 * @param destination the network's first address
 * @param prefix its length, 0 to 32; 0 is the default route
 * @param router 0.0.0.0: the destination is on the link
 */
public record ClasslessRoute(Inet4Address destination, int prefix, Inet4Address router) {

    private static final Pattern TEXT = Pattern.compile("(\\S+)/(\\d{1,2})\\s+(?:via\\s+)?(\\S+)");

    public ClasslessRoute {
        Objects.requireNonNull(router, "router");
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("prefix length " + prefix + "; expected 0 to 32");
        }
        if ((Addresses.bits(destination) & ~mask(prefix)) != 0) {
            throw new IllegalArgumentException(destination.getHostAddress() + " has host bits set below /" + prefix);
        }
    }

    private static int mask(int prefix) {
        // a shift by 32 would be one by 0
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    static List<ClasslessRoute> parse(String text) {
        List<ClasslessRoute> routes = new ArrayList<>();
        for (String item : text.strip().split("\\s*,\\s*")) {
            Matcher parts = TEXT.matcher(item);
            if (!parts.matches()) {
                throw new IllegalArgumentException("'" + item + "' is not a route");
            }
            routes.add(new ClasslessRoute(
                    Addresses.parse(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Addresses.parse(parts.group(3))));
        }
        return List.copyOf(routes);
    }

    /** RFC 3442: the prefix length, as many octets of the destination as are significant, the router. */
    static byte[] encode(List<ClasslessRoute> routes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ClasslessRoute route : routes) {
            bytes.write(route.prefix);
            bytes.write(route.destination.getAddress(), 0, (route.prefix + 7) / 8);
            bytes.writeBytes(route.router.getAddress());
        }
        return bytes.toByteArray();
    }

    /** RFC 3442: of the significant octets, bits below the mask do not count. */
    static List<ClasslessRoute> decode(byte[] bytes) {
        List<ClasslessRoute> routes = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int prefix = bytes[at] & 0xff;
            int significant = (prefix + 7) / 8;
            int end = at + 1 + significant + 4;
            if (prefix > 32 || end > bytes.length) {
                throw new DecoderException("route at byte " + at + " has prefix length " + prefix + " and "
                        + (bytes.length - at - 1) + " bytes");
            }
            byte[] destination = Arrays.copyOf(Arrays.copyOfRange(bytes, at + 1, at + 1 + significant), 4);
            int bits = Addresses.bits(Addresses.of(destination)) & mask(prefix);
            routes.add(new ClasslessRoute(
                    Addresses.of(bits), prefix, Addresses.of(Arrays.copyOfRange(bytes, end - 4, end))));
            at = end;
        }
        if (routes.isEmpty()) {
            throw new DecoderException("0 bytes; expected a route");
        }
        return List.copyOf(routes);
    }

    @Override
    public String toString() {
        return destination.getHostAddress() + "/" + prefix + " via " + router.getHostAddress();
    }
}
