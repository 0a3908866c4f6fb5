package io.slipway.boot;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A client asks for a file.
 *
 * @param path absolute and normal: begins with {@code /}, has no empty, {@code .} or {@code ..} segment, no backslash
 *     and no NUL; {@link #normalise} makes it so
 * @param local the address that the client asked
 * @param link the network interface on which the request came
 * @param client who asks; empty for a client that is not known
 * @param netboot what was decided for the client, when it is known and boots from the network; filled in by
 *     {@link BootContent}, so that loaders need no policy of their own
 */
public record BootRequest(
        String path,
        BootTransport transport,
        InetSocketAddress remote,
        InetSocketAddress local,
        String link,
        Optional<BootClient> client,
        Optional<BootDecision.Netboot> netboot) {

    public BootRequest {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(netboot, "netboot");
        if (!normalise(path).equals(Optional.of(path))) {
            throw new IllegalArgumentException("path '" + path + "' is not normal");
        }
    }

    /** Where it comes from. */
    public ClientAddress clientAddress() {
        return new ClientAddress(remote.getAddress(), link);
    }

    /** This request with what was decided for its client. */
    public BootRequest with(BootDecision.Netboot decision) {
        return new BootRequest(path, transport, remote, local, link, client, Optional.of(decision));
    }

    /**
     * The normal form of a path as firmware writes it: {@code \} means {@code /}, the leading slash may be missing or
     * doubled, empty and {@code .} segments vanish.
     *
     * @return empty for a path that is empty, names a folder, climbs with {@code ..} or has a control character
     */
    public static Optional<String> normalise(String raw) {
        StringBuilder path = new StringBuilder(raw.length() + 1);
        for (String segment : raw.replace('\\', '/').split("/", -1)) {
            if (segment.equals("..") || segment.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                path.append('/').append(segment);
            }
        }
        boolean folder = raw.endsWith("/") || raw.endsWith("\\");
        return path.isEmpty() || folder ? Optional.empty() : Optional.of(path.toString());
    }
}
