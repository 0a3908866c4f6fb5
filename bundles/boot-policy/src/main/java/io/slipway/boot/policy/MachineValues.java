package io.slipway.boot.policy;

import io.slipway.boot.MacAddress;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a machine, from text: the same in files, in commands and in the state store. Refuses with
 * {@link IllegalArgumentException}.
 */
public final class MachineValues {

    /** The name is a label's value, a part of a key in the state store and, often, a host name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern HEX = Pattern.compile("0x((\\p{XDigit}{2})+)|\\p{XDigit}{2}(:\\p{XDigit}{2})+");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,10})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86400);
    /** One less than infinity (RFC 2131 section 3.3). */
    private static final long LONGEST_LEASE = 0xffff_fffeL;

    private static final int MAX_LABEL_VALUE = 255;

    /** What the firmware says of itself, and the machine's own name: no operator can say otherwise. */
    private static final Set<String> TAKEN_LABELS = Set.of(
            "mac",
            "arch",
            "transport",
            "link",
            "uuid",
            "user-class",
            "vendor-class",
            "features",
            "client-id",
            "circuit-id",
            MachineDirectory.LABEL);

    private MachineValues() {}

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("machine name '" + YamlComplaint.shorten(text)
                    + "'; expected letters, digits and . _ -, at most 64");
        }
        return text;
    }

    public static MachineIdentity.Mac mac(String text) {
        MacAddress address = MacAddress.parse(text.strip());
        // The lowest bit of the first octet marks groups of receivers (IEEE 802): no machine sends from such an
        // address.
        if (address.bits() == 0 || (address.bits() >>> 40 & 1) != 0) {
            throw new IllegalArgumentException("MAC address '" + address + "' is no machine's own");
        }
        return new MachineIdentity.Mac(address);
    }

    public static MachineIdentity.Uuid uuid(String text) {
        if (!UUID_TEXT.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException("UUID '" + YamlComplaint.shorten(text)
                    + "'; expected the form 6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60");
        }
        UUID uuid = UUID.fromString(text.strip());
        if (uuid.equals(new UUID(0, 0)) || uuid.equals(new UUID(-1, -1))) {
            throw new IllegalArgumentException("UUID '" + uuid + "' is what firmware without one says; leave it out");
        }
        return new MachineIdentity.Uuid(uuid);
    }

    /** Option 61, whole: {@code 01:52:54:00:12:34:56}, {@code 0x01525400123456}, or else the text's own bytes. */
    public static MachineIdentity.ClientId clientId(String text) {
        return new MachineIdentity.ClientId(octets("client identifier", text));
    }

    /** {@code 00:04:00:0a}, {@code 0x0004000a}, or else the text's own bytes. */
    public static MachineIdentity.CircuitId circuitId(String text) {
        return new MachineIdentity.CircuitId(octets("circuit identifier", text));
    }

    private static String octets(String what, String text) {
        Matcher hex = HEX.matcher(text);
        String octets = !hex.matches()
                ? HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                : hex.group(1) == null ? text.replace(":", "") : hex.group(1);
        if (octets.isEmpty() || octets.length() > 510) {
            throw new IllegalArgumentException(what + " of " + octets.length() / 2 + " bytes; expected 1 to 255");
        }
        return octets;
    }

    public static InetAddress address(String text) {
        Inet4Address address = Addresses.parse(text);
        int first = Addresses.bits(address) >>> 24;
        if (first == 0 || first == 127 || first >= 224) {
            throw new IllegalArgumentException("address " + address.getHostAddress() + " is no machine's own");
        }
        return address;
    }

    /** {@code 45s}, {@code 30m}, {@code 12h}, {@code 7d}, or whole seconds without a unit; at least one second. */
    public static Duration leaseTime(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        long seconds = matcher.matches() ? Long.parseLong(matcher.group(1)) * SECONDS.get(matcher.group(2)) : 0;
        if (seconds < 1 || seconds > LONGEST_LEASE) {
            throw new IllegalArgumentException("lease time '" + YamlComplaint.shorten(text)
                    + "'; expected a time such as 45s, 30m, 12h or 7d, at least 1s");
        }
        return Duration.ofSeconds(seconds);
    }

    static String label(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("label '" + YamlComplaint.shorten(label)
                    + "'; expected lower-case letters, digits and . _ -, at most 64");
        }
        if (TAKEN_LABELS.contains(label)) {
            throw new IllegalArgumentException(
                    "label '" + label + "' is what the server itself finds out; take another name");
        }
        return label;
    }

    static String labelValue(String label, String value) {
        requireLine("label '" + label + "'", value);
        if (value.length() > MAX_LABEL_VALUE) {
            throw new IllegalArgumentException("label '" + label + "' with a value of " + value.length()
                    + " characters; expected at most " + MAX_LABEL_VALUE);
        }
        return value;
    }

    static String requireLine(String what, String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + "; expected a value on one line, without control characters");
        }
        return text;
    }

    /** As a person writes it: a text where every byte is printable, or else hexadecimal with colons. */
    public static String readable(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return PRINTABLE.matcher(text).matches() && !HEX.matcher(text).matches()
                ? text
                : bytes.length == 1 ? "0x" + hex : HexFormat.ofDelimiter(":").formatHex(bytes);
    }
}
