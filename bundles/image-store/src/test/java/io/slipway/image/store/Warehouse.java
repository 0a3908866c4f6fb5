package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.StorageBackend;
import io.slipway.state.MemoryStateStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image store over a local backend and one that is remote, at a time that the test sets. */
final class Warehouse {

    final LocalBackend local = new LocalBackend();
    final StubbornBackend remote = new StubbornBackend();
    final MemoryStateStore state = new MemoryStateStore();
    final List<Map.Entry<Map<String, Object>, StorageBackend>> services = new ArrayList<>();
    final SetClock clock = new SetClock();
    final OciImageStore store =
            new OciImageStore(new Backends(() -> NamedBackend.ordered(services)), () -> Optional.of(state), clock);

    Warehouse() {
        services.add(Map.entry(Map.of("service.id", 1L, "service.ranking", 10, "storage.name", "disk"), local));
        services.add(Map.entry(Map.of("service.id", 2L, "storage.name", "registry"), remote));
    }

    /** Now, and what the test adds. */
    static final class SetClock extends Clock {

        Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** Imports an image of files given as path, content, path, content … */
    Image image(String ref, String... files) throws IOException {
        return store.importFrom(source(files), ImageRef.parse(ref), ImportProgress.NONE);
    }

    static ImageSource source(String... files) {
        Map<String, String> contents = new TreeMap<>();
        for (int i = 0; i < files.length; i += 2) {
            contents.put(files[i], files[i + 1]);
        }
        return new ImageSource() {
            @Override
            public String name() {
                return "the test";
            }

            @Override
            public void read(Intake intake) throws IOException {
                for (Map.Entry<String, String> file : contents.entrySet()) {
                    byte[] bytes = file.getValue().getBytes(UTF_8);
                    intake.take(
                            new SourceFile(file.getKey(), Optional.empty(), bytes.length, Instant.EPOCH),
                            new ByteArrayInputStream(bytes));
                }
            }
        };
    }

    static Digest digest(String content) {
        return Digest.ofContent(content.getBytes(UTF_8));
    }
}
