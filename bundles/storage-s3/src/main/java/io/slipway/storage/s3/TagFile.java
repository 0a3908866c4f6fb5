package io.slipway.storage.s3;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tags as they were known last, on the local disk: what a restart begins with while the store does not answer.
 *
 * @param of the bucket whose tags they are: those of another one are not read
 */
record TagFile(Path file, String of) {

    private static final Logger LOG = LoggerFactory.getLogger(TagFile.class);

    /** Empty when nothing was kept, or of another bucket, or is damaged: the store has the tags. */
    Optional<Map<ImageRef, Tag>> read() {
        try {
            ObjectNode root = Json.parse(Files.readAllBytes(file));
            if (!root.path("of").asText().equals(of)) {
                return Optional.empty();
            }
            Map<ImageRef, Tag> tags = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : root.path("tags").properties()) {
                tags.put(ImageRef.parse(entry.getKey()), Tag.of(entry.getValue()));
            }
            return Optional.of(tags);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.info("{} is not used, the tags are read from the store: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Replaces the file in one step. */
    void write(Map<ImageRef, Tag> tags) throws IOException {
        ObjectNode root = Json.create();
        root.put("of", of);
        ObjectNode all = root.putObject("tags");
        tags.forEach((ref, tag) -> tag.writeTo(all.putObject(ref.toString())));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(Json.bytes(root));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
