package io.slipway.boot.content.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Bootloader;
import io.slipway.boot.NetworkProgram;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LoaderRowTest {

    private record Loader(Supplier<List<String>> all) implements Bootloader {
        @Override
        public Optional<NetworkProgram> program(BootClient client, BootDecision.Netboot netboot) {
            return Optional.empty();
        }

        @Override
        public boolean isRunningOn(BootClient client) {
            return false;
        }

        @Override
        public Optional<BootFile> find(BootRequest request) {
            return Optional.empty();
        }

        @Override
        public List<String> problems() {
            return all.get();
        }
    }

    @Test
    void aLoaderWithoutProblemsIsReady() {
        LoaderRow row = LoaderRow.of("grub", 7, "slipway-loader-grub/1.0.0", new Loader(List::of));
        assertEquals(new LoaderRow("grub", 7, "slipway-loader-grub/1.0.0", "ready"), row);
    }

    @Test
    void itsProblemsAreShown() {
        LoaderRow row = LoaderRow.of(null, null, "b/1", new Loader(() -> List.of("a is missing", "b is missing")));
        assertEquals(new LoaderRow("Loader", 0, "b/1", "a is missing; b is missing"), row);
    }

    @Test
    void aLoaderWithABugIsListed() {
        Loader broken = new Loader(() -> {
            throw new IllegalStateException("bug");
        });
        assertTrue(LoaderRow.of("x", 0, "b/1", broken).state().startsWith("broken: "));
    }
}
