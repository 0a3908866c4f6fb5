package io.slipway.storage.oci;

import static java.nio.file.StandardOpenOption.READ;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last look on the disk, so that the tags are known after a restart, too, when the registry does not answer. It
 * belongs to one registry and one prefix: of others it says nothing.
 */
final class LastLook {

    private static final Logger LOG = LoggerFactory.getLogger(LastLook.class);

    private static final int FORMAT = 1;

    private final Path file;
    private final Settings settings;
    private boolean isFailing;

    LastLook(Path file, Settings settings) {
        this.file = file;
        this.settings = settings;
    }

    /** What was kept; nothing when that cannot be used, since the next look says it all again. */
    Look read() {
        try {
            ObjectNode root = Json.object(Files.readAllBytes(file));
            return isOfThisRegistry(root) ? look(root) : Look.NONE;
        } catch (NoSuchFileException first) {
            return Look.NONE;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.info(
                    "registry {}: the last look in {} cannot be used ({}); its images are known when it answers",
                    settings.name(),
                    file,
                    e.toString());
            return Look.NONE;
        }
    }

    private boolean isOfThisRegistry(ObjectNode root) {
        return root.path("format").asInt() == FORMAT
                && root.path("registry").asText().equals(settings.registry().toString())
                && root.path("prefix").asText().equals(settings.prefix());
    }

    private static Look look(ObjectNode root) {
        SortedMap<ImageRef, Digest> tags = new TreeMap<>();
        for (Map.Entry<String, JsonNode> tag : root.path("tags").properties()) {
            tags.put(ImageRef.parse(tag.getKey()), Digest.parse(tag.getValue().asText()));
        }
        SortedSet<String> repositories = new TreeSet<>();
        root.path("repositories").forEach(name -> repositories.add(name.asText()));
        return new Look(Instant.parse(root.path("time").asText()), tags, repositories);
    }

    /**
     * Replaces it in one step. That it cannot be kept is no reason not to serve: it is said once.
     *
     * @param look is asked when those before are written, so that the newest is the last
     */
    synchronized void keep(Supplier<Look> look) {
        try {
            write(Json.bytes(text(look.get())));
            isFailing = false;
        } catch (IOException e) {
            if (!isFailing) {
                LOG.warn(
                        "registry {}: the last look cannot be kept in {} ({}); after a restart its images are unknown"
                                + " until it answers: free space on that disk, or mend it",
                        settings.name(),
                        file,
                        e.toString());
            }
            isFailing = true;
        }
    }

    private ObjectNode text(Look look) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("registry", settings.registry().toString());
        root.put("prefix", settings.prefix());
        root.put("time", look.time().toString());
        ObjectNode tags = root.putObject("tags");
        look.tags().forEach((ref, digest) -> tags.put(ref.toString(), digest.toString()));
        ArrayNode repositories = root.putArray("repositories");
        look.repositories().forEach(repositories::add);
        return root;
    }

    /** By a stream and not by a channel: the thread that looks is interrupted when the registry is closed. */
    private void write(byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path incoming = file.resolveSibling(file.getFileName() + ".new");
        try (FileOutputStream out = new FileOutputStream(incoming.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
        Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.getParent(), READ)) {
            folder.force(true);
        } catch (ClosedByInterruptException e) {
            LOG.debug("registry {}: the name of {} is on the disk a moment later", settings.name(), file);
        }
    }
}
