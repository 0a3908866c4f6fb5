package io.slipway.image.store.source;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts that are asked without a proxy: {@code no_proxy}, a list of {@code *}, domains, addresses and networks
 * ({@code 10.0.0.0/8}), each with a port or without. This machine is always asked without one.
 */
record NoProxy(List<String> entries) {

    /** Of such text {@link InetAddress} makes an address without asking anybody. */
    private static final Pattern LITERAL = Pattern.compile("(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
            + "(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    NoProxy {
        entries = List.copyOf(entries);
    }

    static NoProxy parse(String list) {
        return new NoProxy(Arrays.stream(list.split("[,\\s]+"))
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    boolean covers(URI uri) {
        String host = unbracketed(uri.getHost().toLowerCase(Locale.ROOT));
        Optional<InetAddress> address = address(host);
        if (host.equals("localhost")
                || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
            return true;
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return entries.stream().anyMatch(entry -> covers(entry, host, address, port));
    }

    private static boolean covers(String entry, String host, Optional<InetAddress> address, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int slash = entry.indexOf('/');
        if (slash >= 0) {
            return address.isPresent() && isIn(address.get(), entry.substring(0, slash), entry.substring(slash + 1));
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if ((colon == entry.indexOf(':') && colon > 0) || entry.contains("]:")) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = unbracketed(name).replaceFirst("^\\*?\\.", "");
        Optional<InetAddress> same = address(name);
        return same.isPresent() ? same.equals(address) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isIn(InetAddress address, String network, String bits) {
        Optional<InetAddress> first = address(unbracketed(network));
        if (first.isEmpty() || first.get().getAddress().length != address.getAddress().length) {
            return false;
        }
        int all = address.getAddress().length * Byte.SIZE;
        int kept = bits.matches("[0-9]{1,3}") ? Integer.parseInt(bits) : all + 1;
        return kept <= all
                && number(address)
                        .shiftRight(all - kept)
                        .equals(number(first.get()).shiftRight(all - kept));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static Optional<InetAddress> address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
