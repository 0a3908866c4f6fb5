package io.slipway.wiretests;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.StorageBackend;
import io.slipway.image.store.Caretaker;
import io.slipway.image.store.Clearance;
import io.slipway.image.store.Inspection;
import io.slipway.image.store.OciImageStore;
import io.slipway.state.embedded.EmbeddedStateStore;
import io.slipway.storage.folder.OciLayoutBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The image store as it ships, over a folder backend and a state store in one folder. */
final class StoredImages implements AutoCloseable {

    private final EmbeddedStateStore state;
    private final OciLayoutBackend folder;
    private final OciImageStore store = new OciImageStore();
    private final Caretaker caretaker;

    StoredImages(Path root) throws IOException {
        state = new EmbeddedStateStore(Wired.config(
                EmbeddedStateStore.Config.class,
                Map.of("folder", root.resolve("state").toString(), "reserveMegabytes", "1")));
        folder = new OciLayoutBackend(Wired.config(
                OciLayoutBackend.Config.class,
                Map.of("folder", root.resolve("images").toString())));
        Wired.field(store, "services", List.of(Map.entry(Map.of("service.id", 1L), (StorageBackend) folder)));
        Wired.field(store, "state", state);
        caretaker = new Caretaker(
                store,
                Wired.config(
                        Caretaker.Config.class,
                        Map.of(
                                "inbox", "none",
                                "collectEvery", "0",
                                "scrubEvery", "0",
                                "keepVersions", "1",
                                "keepTime", "0")));
    }

    OciImageStore store() {
        return store;
    }

    OciLayoutBackend backend() {
        return folder;
    }

    Clearance.Result collect() throws IOException {
        return caretaker.collect(false);
    }

    Inspection inspect() throws IOException {
        return caretaker.inspect(List.of());
    }

    /** Imports an image of two files, which belong together. */
    Image publish(ImageRef ref, byte[] kernel, byte[] initrd) throws IOException {
        return store.importFrom(
                new ImageSource() {
                    @Override
                    public String name() {
                        return "a test";
                    }

                    @Override
                    public void read(Intake intake) throws IOException {
                        take(intake, "linux", kernel);
                        take(intake, "initrd", initrd);
                    }
                },
                ref,
                ImportProgress.NONE);
    }

    private static void take(ImageSource.Intake intake, String path, byte[] bytes) throws IOException {
        intake.take(
                new ImageSource.SourceFile(path, Optional.empty(), bytes.length, Instant.EPOCH),
                new ByteArrayInputStream(bytes));
    }

    /** How many blobs there are. */
    long blobs() throws IOException {
        long[] count = new long[1];
        folder.eachBlob((Digest digest, long size, Instant stored) -> count[0]++);
        return count[0];
    }

    @Override
    public void close() {
        Wired.call(caretaker, "close");
        Wired.call(folder, "close");
        Wired.call(state, "deactivate");
    }
}
