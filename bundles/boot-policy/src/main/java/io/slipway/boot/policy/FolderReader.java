package io.slipway.boot.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the files of a folder, and refuses what no configuration file should be. */
final class FolderReader {

    /** Of all files together, in bytes. */
    static final long MAX_TOTAL = 32L << 20;

    private FolderReader() {}

    /**
     * What could be read.
     *
     * @param problems one for each file that is refused
     */
    record Reading(List<SourceFile> files, List<Problem> problems) {}

    static Reading read(Path folder, FolderListing listing) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        long total = 0;
        for (FolderListing.Item item : listing.items()) {
            total += item.size();
            if (total > MAX_TOTAL) {
                problems.add(new Problem(
                        Place.of(item.name()),
                        "the files up to this one are larger than " + (MAX_TOTAL >> 20) + " MiB together"));
                break;
            }
            try {
                read(folder, item).ifPresent(files::add);
            } catch (PolicyException e) {
                problems.addAll(e.problems());
            }
        }
        return new Reading(files, problems);
    }

    private static Optional<SourceFile> read(Path folder, FolderListing.Item item) throws PolicyException, IOException {
        Place place = Place.of(item.name());
        if (item.kind() != FolderListing.Kind.FILE) {
            String what = item.kind() == FolderListing.Kind.SYMBOLIC_LINK ? "a symbolic link" : "not a regular file";
            throw new PolicyException(place, what + "; put the file itself here");
        }
        if (item.size() > SourceFile.MAX_BYTES) {
            throw new PolicyException(
                    place, "larger than " + (SourceFile.MAX_BYTES >> 20) + " MiB; spread it over several files");
        }
        if (!item.readable()) {
            throw new PolicyException(place, "permission denied; make it readable for the user that runs the server");
        }
        try (InputStream in = Channels.newInputStream(Files.newByteChannel(
                folder.resolve(item.name()), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            return Optional.of(new SourceFile(item.name(), in.readNBytes(SourceFile.MAX_BYTES)));
        } catch (NoSuchFileException e) {
            // Removed since the folder was listed; the next listing will show it.
            return Optional.empty();
        }
    }
}
