package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.store.export.FolderTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private static final ImageRef REF = ImageRef.parse("debian-12:current");

    @TempDir
    private Path folder;

    private final Warehouse elsewhere = new Warehouse();
    private final Warehouse here = new Warehouse();
    private Inbox inbox;
    private Path layout;
    private Caretaker caretaker;

    @BeforeEach
    void copyAnImage() throws IOException {
        Settings settings =
                new Settings(new Retention(5, Duration.ofDays(1)), Duration.ZERO, Duration.ZERO, 0, Optional.empty());
        caretaker = new Caretaker(elsewhere.store, settings, elsewhere.clock);
        layout = folder.resolve("debian-12");
        inbox = new Inbox(here.store, folder);
        inbox.open();
    }

    @AfterEach
    void close() {
        caretaker.close();
    }

    @Test
    void takesOverWhatHasNotChangedSinceTheLastLook() throws IOException {
        Image image = copied("debian-12:current", "linux", "kernel", "initrd", "initrd");
        inbox.look();
        assertEquals(Optional.empty(), here.store.find(REF));
        inbox.look();
        assertEquals(Optional.of(image), here.store.find(REF));
        assertEquals(List.of(), left());
        inbox.look();
    }

    @Test
    void waitsForTheBlobs() throws IOException {
        copied("debian-12:current", "linux", "kernel");
        Path kernel = layout.resolve("blobs/sha256")
                .resolve(Warehouse.digest("kernel").hex());
        Files.move(kernel, folder.resolve("kernel"));
        inbox.look();
        inbox.look();
        assertEquals(Optional.empty(), here.store.find(REF));
        Files.move(folder.resolve("kernel"), kernel);
        inbox.look();
        assertTrue(here.store.find(REF).isPresent());
    }

    @Test
    void aDamagedBlobIsRefusedAndLeft() throws IOException {
        copied("debian-12:current", "linux", "kernel");
        Files.writeString(
                layout.resolve("blobs/sha256")
                        .resolve(Warehouse.digest("kernel").hex()),
                "kernal");
        inbox.look();
        inbox.look();
        assertEquals(Map.of(), here.store.tags());
        assertTrue(Files.exists(layout.resolve("index.json")));
    }

    @Test
    void onlyCompleteLayoutsWithNamesAreTaken() throws IOException {
        copied("debian-12:current", "linux", "kernel");
        Path index = layout.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("debian-12:current", "Not A Name!"));
        Files.setLastModifiedTime(index, FileTime.from(Instant.now().minusSeconds(60)));
        Files.createDirectories(folder.resolve("no-layout"));
        inbox.look();
        inbox.look();
        assertEquals(Map.of(), here.store.tags());
        assertEquals(List.of("debian-12", "no-layout"), left());
    }

    @Test
    void removesAtTheStartWhatWasTakenBefore() throws IOException {
        Files.createDirectories(folder.resolve(".taken-debian-12/blobs"));
        Files.writeString(folder.resolve(".taken-debian-12/blobs/rest"), "rest");
        inbox.open();
        assertFalse(Files.exists(folder.resolve(".taken-debian-12")));
    }

    @Test
    void aMereTagIsOfTheFoldersName() throws IOException {
        Image image = copied("whatever:current", "linux", "kernel");
        Path index = layout.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("whatever:current", "current"));
        inbox.look();
        inbox.look();
        assertEquals(Map.of(REF, image.digest()), here.store.tags());
    }

    @Test
    void aBackupIsALayoutThatIsWrittenOnce() throws IOException {
        Image one = copied("debian-12:current", "linux", "kernel", "initrd", "shared");
        elsewhere.image("debian-12:next", "linux", "kernel 2", "initrd", "shared");
        try (FolderTarget target = FolderTarget.at(layout)) {
            var result = caretaker.export(elsewhere.store.tags().keySet(), target);
            assertEquals(2, result.images());
            assertEquals(2, result.written());
            assertEquals(0, target.removeOthers());
        }
        try (FolderTarget target = FolderTarget.at(layout)) {
            caretaker.export(List.of(REF), target);
            assertEquals(2, target.removeOthers());
        }
        assertEquals(
                one.digest(),
                Digest.ofContent(Files.readAllBytes(
                        layout.resolve("blobs/sha256").resolve(one.digest().hex()))));
    }

    private Image copied(String ref, String... files) throws IOException {
        Image image = elsewhere.image(ref, files);
        try (FolderTarget target = FolderTarget.at(layout)) {
            caretaker.export(List.of(ImageRef.parse(ref)), target);
        }
        assertTrue(Files.readString(layout.resolve("oci-layout"), UTF_8).contains("1.0.0"));
        return image;
    }

    private List<String> left() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
