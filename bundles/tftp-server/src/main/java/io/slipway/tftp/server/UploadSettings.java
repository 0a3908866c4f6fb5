package io.slipway.tftp.server;

import io.slipway.sockets.LinkAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients may send us.
 *
 * @param folder absolute; takes what they send
 * @param isFromKnown whether machines may that this server has told what to boot
 * @param from subnets of which every client may
 * @param maximumSize of one file, in bytes
 * @param maximumSpace of all that is in the folder, in bytes
 * @param maximumAtATime uploads
 */
record UploadSettings(
        Path folder,
        boolean isFromKnown,
        List<LinkAddress> from,
        long maximumSize,
        long maximumSpace,
        int maximumAtATime) {

    private static final String KNOWN = "known";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kMG]?)");
    private static final Pattern SUBNET = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?:/(\\d{1,2}))?");

    /** Empty when there is no folder: nothing is taken. */
    static Optional<UploadSettings> of(TftpServer.Config config) {
        long size = size("maximumUploadSize", config.maximumUploadSize());
        long space = size("maximumUploadSpace", config.maximumUploadSpace());
        int atATime = Settings.number("maximumUploads", config.maximumUploads(), 1, 1000);
        boolean isFromKnown = false;
        List<LinkAddress> subnets = new ArrayList<>();
        for (String value : config.uploadsFrom().split(",")) {
            if (value.strip().equals(KNOWN)) {
                isFromKnown = true;
            } else if (!value.isBlank()) {
                subnets.add(subnet(value.strip()));
            }
        }
        if (config.uploads().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new UploadSettings(
                folder(config.uploads().strip()), isFromKnown, List.copyOf(subnets), size, space, atATime));
    }

    boolean mayBeSentBy(InetAddress client, boolean isKnown) {
        return (isFromKnown && isKnown) || from.stream().anyMatch(subnet -> subnet.isNear(client));
    }

    private static Path folder(String value) {
        try {
            Path folder = Path.of(value).normalize();
            if (folder.isAbsolute() && folder.getNameCount() > 0) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw refused("uploads", value, "the absolute path of a folder, or nothing");
        }
        throw refused("uploads", value, "the absolute path of a folder, or nothing");
    }

    private static LinkAddress subnet(String value) {
        Matcher parts = SUBNET.matcher(value);
        if (parts.matches()) {
            try {
                return new LinkAddress(
                        (Inet4Address) InetAddress.getByName(parts.group(1)),
                        parts.group(2) == null ? 32 : Integer.parseInt(parts.group(2)));
            } catch (UnknownHostException | IllegalArgumentException e) {
                throw refused("uploadsFrom", value, "known, addresses and subnets, such as known, 10.1.0.0/16");
            }
        }
        throw refused("uploadsFrom", value, "known, addresses and subnets, such as known, 10.1.0.0/16");
    }

    private static long size(String key, String text) {
        Matcher parts = SIZE.matcher(text.strip());
        if (parts.matches()) {
            long factor =
                    switch (parts.group(2)) {
                        case "k" -> 1_000;
                        case "M" -> 1_000_000;
                        case "G" -> 1_000_000_000;
                        default -> 1;
                    };
            long size = Long.parseLong(parts.group(1)) * factor;
            if (size > 0) {
                return size;
            }
        }
        throw refused(key, text, "bytes, such as 64M or 1G");
    }

    private static IllegalArgumentException refused(String key, String value, String expected) {
        return new IllegalArgumentException(
                "etc/" + TftpServer.PID + ".cfg: " + key + " = " + value + "; expected " + expected);
    }
}
