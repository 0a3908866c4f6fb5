package io.slipway.disc.codec;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A disc image: ISO 9660 (ECMA-119) or UDF (ECMA-167, OSTA UDF 1.02 to 2.60), on sectors of 2048 bytes. Of the trees that
 * a disc has it shows Rock Ridge's, else UDF's, else Joliet's, else that of ISO 9660, whose names lose their versions and
 * trailing dots. So the stub is passed over which Windows installation discs have beside UDF.
 *
 * <p>Safe for use by many threads; none of them is stopped when another one is interrupted. Directories are read when they
 * are asked for, and those that were asked for last are kept, up to 100,000 names. What a disc may ask for is bounded: a
 * directory has at most 32 MB and 100,000 names and is at most 100 folders deep, a walk comes by at most 1,000,000 names
 * and reads at most 4 GB of directories, a lookup at most 256 MB; a file has at most 65,536 extents, and 40 symbolic
 * links lead to it at most. Whatever is damaged, is larger or leads round in a circle is an {@link IOException} which names
 * the disc image, the place, and what was expected.
 */
public final class DiscImage implements Closeable {

    private final DiscBytes bytes;
    private final DiscVolume volume;
    private final DirectoryCache cache = new DirectoryCache();

    private DiscImage(DiscBytes bytes, DiscVolume volume) {
        this.bytes = bytes;
        this.volume = volume;
    }

    /** Takes the files of a disc image. */
    @ConsumerType
    public interface Visitor {

        /**
         * Takes a file.
         *
         * @return whether to go on with the next one
         * @throws IOException ends the walk, and is what it throws
         */
        boolean visit(DiscFile file) throws IOException;

        /**
         * Is told of a regular file whose bytes do not lie on the disc as they are: compressed by zisofs, interleaved, or
         * not recorded in whole. Ends the walk, unless it is overridden.
         *
         * @param path as in {@link DiscFile}
         * @param why names the disc image, the file, and what is wrong with it
         * @return whether to go on with the next file
         */
        default boolean refused(String path, IOException why) throws IOException {
            throw why;
        }
    }

    /**
     * Opens a disc image.
     *
     * @param file a regular file; symbolic links to it are followed
     * @throws IOException names the file and what is wrong with it: it is no disc image, is cut short by so many bytes, is
     *     damaged at a place, or is of a kind that is not supported
     */
    public static DiscImage open(Path file) throws IOException {
        DiscBytes bytes = DiscBytes.open(file);
        boolean opened = false;
        try {
            DiscImage image = new DiscImage(bytes, DiscVolume.of(new DiscReading(bytes, Limits.OPEN_BYTES)));
            opened = true;
            return image;
        } finally {
            if (!opened) {
                bytes.close();
            }
        }
    }

    /** The volume identifier of the tree that is used, without blanks around it; may be empty. */
    public String label() {
        return volume.tree().label();
    }

    /** The bytes of the volume, as it says itself; the file has at least as many. */
    public long size() {
        return volume.size();
    }

    /**
     * Finds a regular file. A name in another case finds it, too, when no name is the same and only one differs in
     * nothing but case. Symbolic links are followed, never out of the disc.
     *
     * @param path relative, {@code /}-separated; with an empty part, {@code .} or {@code ..} it finds nothing
     * @return empty when there is no such file, or a link leads nowhere, out of the disc, or round in a circle
     * @throws IOException a directory on the way is damaged, or the file's bytes do not lie on the disc as they are
     */
    public Optional<DiscFile> find(String path) throws IOException {
        DiscReading reading = new DiscReading(bytes, Limits.FIND_BYTES);
        Optional<PathSearch.Found> found = new PathSearch(volume.tree(), cache, reading).find(path);
        if (found.isPresent() && found.get().node() instanceof UnreadableNode unreadable) {
            throw reading.unreadable(found.get().path(), unreadable);
        }
        return found.isPresent() && found.get().node() instanceof RegularNode regular
                ? Optional.of(regular.file(found.get().path()))
                : Optional.empty();
    }

    /**
     * Shows every regular file, depth first and sorted by name (String's order). A symbolic link to a file is shown as a
     * file of the link's path; links to folders are not entered, and those that lead nowhere or out of the disc are left
     * out.
     *
     * @throws IOException something is damaged, or the visitor has thrown it
     */
    public void eachFile(Visitor visitor) throws IOException {
        DiscReading reading = new DiscReading(bytes, Limits.WALK_BYTES);
        PathSearch search = new PathSearch(volume.tree(), cache, reading);
        new TreeWalk(volume.tree(), reading, search, visitor).run();
    }

    /**
     * The bytes of a file. The stream is for one thread; it ends with an exception when the disc image is closed.
     *
     * @param file of this disc image
     * @throws IOException it does not lie in this disc image
     */
    public InputStream open(DiscFile file) throws IOException {
        for (DiscExtent extent : file.extents()) {
            if (extent.end() > bytes.size()) {
                throw new IOException(bytes.file() + " has no bytes " + extent.offset() + " to " + extent.end() + " of "
                        + DiscReading.shown(file.path()) + "; expected a file of this disc image");
            }
        }
        return new ExtentStream(bytes, file.extents());
    }

    /** Files of it, and streams of those, cannot be read from then on. */
    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
