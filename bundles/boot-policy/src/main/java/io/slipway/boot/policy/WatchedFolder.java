package io.slipway.boot.policy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells when the configuration files of a folder have changed and have then been left alone from one look to the next,
 * so that a file that an editor is still writing is not read. Not safe for use by many threads.
 */
final class WatchedFolder {

    /** Is told what the folder holds. */
    interface Listener {
        /** The files' content after a change; all that is in the folder. */
        void changed(List<SourceFile> files);

        /**
         * They have changed, but not all can be read.
         *
         * @param files those that can
         */
        void refused(List<Problem> problems, List<SourceFile> files);

        /** The folder or a file in it cannot be read; told once, until it can. */
        void lost(String why);

        /** It can be read again. */
        void found();
    }

    private final Path folder;
    private final Listener listener;
    private Optional<FolderListing> seen = Optional.empty();
    private Optional<FolderListing> taken = Optional.empty();
    private boolean lost;

    WatchedFolder(Path folder, Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * The first look: what has not changed for this long is taken at once.
     *
     * @param quiet as long as the time from one look to the next
     */
    void start(Duration quiet) {
        look();
        if (seen.isPresent() && seen.get().isOlderThan(quiet)) {
            look();
        }
    }

    /** One look; called at regular intervals. */
    void look() {
        try {
            Optional<FolderListing> before = seen;
            seen = Optional.of(FolderListing.of(folder));
            if (before.equals(seen) && !taken.equals(seen)) {
                take(seen.get());
            }
            if (lost) {
                lost = false;
                listener.found();
            }
        } catch (IOException e) {
            if (!lost) {
                lost = true;
                listener.lost(reason(e));
            }
        }
    }

    private void take(FolderListing now) throws IOException {
        FolderReader.Reading reading = FolderReader.read(folder, now);
        seen = Optional.of(FolderListing.of(folder));
        // Otherwise somebody wrote while we read, and the next looks will tell.
        if (seen.get().equals(now)) {
            taken = seen;
            if (reading.problems().isEmpty()) {
                listener.changed(reading.files());
            } else {
                listener.refused(reading.problems(), reading.files());
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
