package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBootPolicyTest {

    private static final BootClient CLIENT = Policies.client("52:54:00:12:34:56");
    private static final String IGNORE = "groups: { g: { match: {}, ignore: %s } }\n";

    @TempDir
    Path folder;

    private Optional<PolicyFolder> running = Optional.empty();

    private FolderBootPolicy start(Path where) {
        PolicyFolder reading = new PolicyFolder(new PolicyFolder.Settings(where, Duration.ofMillis(50)));
        running = Optional.of(reading);
        try {
            return new FolderBootPolicy(reading, new StoredMachines(new MemoryStore()), new FixedImages());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (running.isPresent()) {
            running.get().stop();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain: " + what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void awaitReason(FolderBootPolicy policy, String end) {
        await(
                "decision " + end,
                () -> policy.decide(CLIENT).map(d -> d.reason().endsWith(end)).orElse(false));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aChangedFileApplies() throws IOException {
        Path file = write("lab.yaml", IGNORE.formatted("one"));
        FolderBootPolicy policy = start(folder);
        awaitReason(policy, "one");
        assertInstanceOf(BootDecision.Ignore.class, policy.decide(CLIENT).orElseThrow());
        write("lab.yaml", IGNORE.formatted("two"));
        awaitReason(policy, "two");
        Files.delete(file);
        await("nothing", () -> policy.decide(CLIENT).isEmpty());
        assertEquals(0, running.orElseThrow().status().configuration().files());
    }

    @Test
    void aBrokenChangeIsRefusedWhileTheLastGoodServes() throws IOException {
        write("a.yaml", IGNORE.formatted("good"));
        FolderBootPolicy policy = start(folder);
        awaitReason(policy, "good");
        write("b.yaml", "profiles:\n  p: { image: }\n");
        await("refusal", () -> !running.orElseThrow().status().problems().isEmpty());
        assertEquals(
                "b.yaml:2:14: expected an image such as debian-12:current, but there is nothing",
                running.orElseThrow().status().problems().get(0).toString());
        awaitReason(policy, "good");
        write("b.yaml", "profiles:\n  p: { local: true }\n");
        await("mended", () -> running.orElseThrow().status().problems().isEmpty());
        assertEquals(
                1, running.orElseThrow().status().configuration().profiles().size());
    }

    @Test
    void startsWithABrokenFileAndServesNothing() throws IOException {
        write("a.yaml", "groups: [");
        FolderBootPolicy policy = start(folder);
        await("refusal", () -> !running.orElseThrow().status().problems().isEmpty());
        assertTrue(running.orElseThrow().status().since().isEmpty());
        assertTrue(policy.decide(CLIENT).isEmpty());
        write("a.yaml", IGNORE.formatted("mended"));
        awaitReason(policy, "mended");
    }

    @Test
    void aVanishedFolderKeepsTheLastGood() throws IOException {
        write("a.yaml", IGNORE.formatted("good"));
        FolderBootPolicy policy = start(folder);
        awaitReason(policy, "good");
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);
        try {
            await("loss", () -> running.orElseThrow().status().lost().isPresent());
            awaitReason(policy, "good");
        } finally {
            Files.move(away, folder);
        }
        await("found", () -> running.orElseThrow().status().lost().isEmpty());
        awaitReason(policy, "good");
    }

    @Test
    void aFolderThatIsMadeLaterIsTaken() throws IOException {
        Path later = folder.resolve("boot");
        FolderBootPolicy policy = start(later);
        assertEquals(
                Optional.of("it does not exist"), running.orElseThrow().status().lost());
        assertTrue(policy.decide(CLIENT).isEmpty());
        Files.createDirectory(later);
        write("boot/a.yaml", IGNORE.formatted("here"));
        awaitReason(policy, "here");
    }

    @Test
    void stopsWatching() throws Exception {
        start(folder);
        running.orElseThrow().stop();
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("boot-policy-watch") && thread.isAlive()));
    }

    @Test
    void aBadIntervalNamesItsKey() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new PolicyFolder.Settings(folder, Duration.ofMillis(10)));
        assertEquals("etc/io.slipway.boot.policy.cfg: pollMillis = 10; expected 50 to 60000", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> PolicyFolder.Settings.millis("often"));
        assertEquals("etc/io.slipway.boot.policy.cfg: pollMillis = often; expected 50 to 60000", e.getMessage());
    }
}
