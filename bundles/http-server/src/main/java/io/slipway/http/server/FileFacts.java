package io.slipway.http.server;

import io.slipway.boot.BootFile.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/**
 * What the file system says of the files behind extents.
 *
 * @param text differs when one of the files is another one, or was changed
 * @param lastChange the latest of all
 */
record FileFacts(String text, Instant lastChange) {

    static FileFacts of(List<Extent> extents) throws IOException {
        StringBuilder text = new StringBuilder();
        Instant lastChange = Instant.MIN;
        for (Extent extent : extents) {
            BasicFileAttributes file = Files.readAttributes(extent.file(), BasicFileAttributes.class);
            Instant changed = file.lastModifiedTime().toInstant();
            text.append(file.fileKey())
                    .append(' ')
                    .append(file.size())
                    .append(' ')
                    .append(changed)
                    .append(' ')
                    .append(extent.offset())
                    .append('+')
                    .append(extent.length())
                    .append('\n');
            lastChange = changed.isAfter(lastChange) ? changed : lastChange;
        }
        return new FileFacts(text.toString(), lastChange);
    }

    /**
     * Weak when the files were changed so lately that they may change again within the same tick of their clock, or
     * while they were opened.
     */
    EntityTag tag(FileFacts afterOpening, Instant now) {
        boolean isSettled =
                equals(afterOpening) && lastChange.plus(Preconditions.SETTLED).isBefore(now);
        return EntityTag.ofFacts(text, !isSettled);
    }
}
