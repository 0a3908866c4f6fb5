package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.RecordingWatcher;
import io.slipway.state.Snapshot;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component and its settings. */
class EmbeddedStateStoreTest {

    private static final Key KEY = Key.of("component", "key");

    @TempDir
    Path temp;

    private record Configured(
            String folder,
            String queueCapacity,
            String watchBacklog,
            String reserveMegabytes,
            String compactAboveMegabytes)
            implements EmbeddedStateStore.Config {

        static Configured in(String folder) {
            return new Configured(folder, "100", "200", "3", "4");
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return EmbeddedStateStore.Config.class;
        }
    }

    private static String refusal(Configured config) {
        return assertThrows(IllegalArgumentException.class, () -> Settings.of(config, Optional.empty()))
                .getMessage();
    }

    @Test
    void theComponentIsTheStore() throws Exception {
        Configured config = Configured.in(temp.resolve("state").toString());
        EmbeddedStateStore first = new EmbeddedStateStore(config);
        RecordingWatcher watcher = new RecordingWatcher();
        first.watch(KEY, 0, watcher);
        assertTrue(first.commit(Transaction.put(KEY, new byte[] {7}))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
        assertEquals(KEY, watcher.nextWrite().key());
        assertEquals(3 << 20, Files.size(temp.resolve("state/state.log")) >> 20 << 20);
        assertThrows(IOException.class, () -> new EmbeddedStateStore(config));
        first.deactivate();

        EmbeddedStateStore second = new EmbeddedStateStore(config);
        assertEquals(7, second.get(KEY).orElseThrow().bytes()[0]);
        try (Snapshot snapshot = second.scan(KEY)) {
            assertEquals(1, snapshot.revision());
        }
        second.deactivate();
    }

    @Test
    void keysBecomeSettings() {
        Settings settings = Settings.of(Configured.in(" /var/state "), Optional.of("/data"));
        assertEquals(Path.of("/var/state"), settings.folder());
        assertEquals(100, settings.limits().queueCapacity());
        assertEquals(200, settings.limits().watchBacklog());
        assertEquals(3 << 20, settings.limits().reserveBytes());
        assertEquals(4 << 20, settings.limits().compactAboveBytes());
    }

    @Test
    void withoutAFolderTheContainersIsUsed() {
        assertEquals(
                Path.of("/data/state"),
                Settings.of(Configured.in(""), Optional.of("/data")).folder());
    }

    @Test
    void defaultsAreThoseOfTheCore() throws ReflectiveOperationException {
        assertEquals(Limits.DEFAULT.queueCapacity(), defaultOf("queueCapacity"));
        assertEquals(Limits.DEFAULT.watchBacklog(), defaultOf("watchBacklog"));
        assertEquals(Limits.DEFAULT.reserveBytes(), defaultOf("reserveMegabytes") << 20);
        assertEquals(Limits.DEFAULT.compactAboveBytes(), (long) defaultOf("compactAboveMegabytes") << 20);
    }

    private static int defaultOf(String key) throws ReflectiveOperationException {
        return Integer.parseInt(
                (String) EmbeddedStateStore.Config.class.getMethod(key).getDefaultValue());
    }

    @Test
    void badValuesAreNamed() {
        assertEquals(
                "etc/io.slipway.state.embedded.cfg: queueCapacity = '0'; expected 1 to 1000000",
                refusal(new Configured("/s", "0", "1", "1", "1")));
        assertEquals(
                "etc/io.slipway.state.embedded.cfg: watchBacklog = '-1'; expected 1 to 1000000",
                refusal(new Configured("/s", "1", "-1", "1", "1")));
        assertEquals(
                "etc/io.slipway.state.embedded.cfg: reserveMegabytes = '2000'; expected 1 to 1024",
                refusal(new Configured("/s", "1", "1", "2000", "1")));
        assertEquals(
                "etc/io.slipway.state.embedded.cfg: compactAboveMegabytes = '0'; expected 1 to 65536",
                refusal(new Configured("/s", "1", "1", "1", "0")));
        assertEquals(
                "etc/io.slipway.state.embedded.cfg: queueCapacity = 'many'; expected 1 to 1000000",
                refusal(new Configured("/s", "many", "1", "1", "1")));
        assertTrue(refusal(Configured.in("")).contains("folder = ''; expected a path"));
        assertTrue(refusal(Configured.in("${karaf.data}/state")).contains("nothing replaced the placeholder"));
    }
}
