package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What kind of source a file is, told from its bytes. Its name counts only where it names what is packed in it. */
public final class FileContent {

    /** ECMA-119 section 8.1: the descriptors of a volume begin at sector 16, and have their name at byte 1. */
    private static final int VOLUME_NAME = 16 * 2048 + 1;

    /** ISO 9660, and ECMA-167 part 2 section 9.1.2 for discs that are UDF alone. */
    private static final Set<String> VOLUMES = Set.of("CD001", "BEA01");

    private static final Pattern TAR_IN_GZIP = Pattern.compile(".*\\.(tar\\.gz|tgz)");

    private static final Pattern PACKED_TREE =
            Pattern.compile(".*\\.((tar|iso)\\.[a-z0-9]+|t(gz|xz|zst|bz2?|lz)|zip|7z|cpio)");

    private FileContent() {}

    /**
     * The source that reads a file of this disk: a disc image, an archive, or one file as it is.
     *
     * @param named what of a disc to boot; empty to recognise it
     * @throws IOException there is no such file, or it must be unpacked first
     */
    public static ImageSource source(Path file, Optional<NamedFiles> named, DiscFamilies families) throws IOException {
        return source(LocalFile.of(file), named, families);
    }

    static ImageSource source(LocalFile file, Optional<NamedFiles> named, DiscFamilies families) throws IOException {
        byte[] head;
        try (InputStream bytes = file.open()) {
            head = bytes.readNBytes(VOLUME_NAME + 5);
        }
        if (isDisc(head)) {
            return new IsoSource(file, named, families, OpenedDisc::of);
        }
        if (named.isPresent()) {
            throw new IOException(file.shown() + " is no disc image; kernel= and initrd= name files of a disc");
        }
        Optional<Packing> packing = Packing.of(head);
        String name = file.name().toLowerCase(Locale.ROOT);
        // A damaged archive is read as one, too: it says what is wrong with it.
        boolean inGzip = packing.equals(Optional.of(Packing.GZIP));
        if (TarHeader.begins(head) || (inGzip && (TAR_IN_GZIP.matcher(name).matches() || holdsTar(file)))) {
            return TarSource.of(file);
        }
        if (packing.isPresent() && PACKED_TREE.matcher(name).matches()) {
            throw packing.get().refused(file.shown());
        }
        return new FileSource(file);
    }

    private static boolean isDisc(byte[] head) {
        return head.length >= VOLUME_NAME + 5 && VOLUMES.contains(new String(head, VOLUME_NAME, 5, US_ASCII));
    }

    /** An initrd is in gzip, too: only what is in it tells. */
    private static boolean holdsTar(LocalFile file) {
        try (InputStream raw = file.open();
                InputStream unpacked = new GZIPInputStream(raw)) {
            return TarHeader.begins(unpacked.readNBytes(TarHeader.BLOCK));
        } catch (IOException damaged) {
            // It is no archive that could be read; whoever boots it must know.
            return false;
        }
    }
}
