package io.slipway.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the folder of a mirror holds, and what is left of it after a restart. */
class MirrorSpaceTest extends MirrorFixture {

    @Test
    void whatWasUsedLongestAgoHasToGo() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            upstream.has(name, random(300_000), "\"" + name + "\"");
            find(name);
            clock.pass(Duration.ofMinutes(2));
        }
        find("a");
        clock.pass(Duration.ofMinutes(2));
        upstream.asked();
        upstream.has("d", random(300_000), "\"d\"");
        find("d");
        assertEquals(3, dataFiles());
        find("a");
        find("c");
        assertEquals(List.of("/debian/d"), fetched());
        find("b");
        assertEquals(List.of("/debian/b"), fetched());
        assertTrue(bytesOnDisk() <= 1_000_000);
    }

    @Test
    void transfersGoOnWithWhatHadToGo() throws Exception {
        byte[] bytes = random(600_000);
        upstream.has("a", bytes, "\"a\"");
        upstream.has("b", random(700_000), "\"b\"");
        BootFile file = find("a").orElseThrow();
        try (BootFile.Reader running = file.open()) {
            find("b");
            assertEquals(1, dataFiles());
            ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
            assertEquals(bytes.length, running.read(buffer, 0));
            assertArrayEquals(bytes, buffer.array());
            file.requireUnchanged();
        }
    }

    @Test
    void whatWasUsedLastIsKnownAfterARestart() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            upstream.has(name, random(300_000), "\"" + name + "\"");
            find(name);
            clock.pass(Duration.ofMinutes(2));
        }
        find("a");
        reopen(700_000);
        assertEquals(2, dataFiles());
        upstream.asked();
        find("a");
        find("c");
        assertEquals(List.of(), fetched());
    }

    @Test
    void whatIsLargerThanTheSpaceIsRefusedAndNothingHasToGo() throws IOException {
        upstream.has("small", random(1000), "\"one\"");
        find("small");
        upstream.has("large", random(1_000_001), "\"one\"");
        String message = assertThrows(IOException.class, () -> find("large")).getMessage();
        assertTrue(message.contains("the file alone has 1000001; raise maximumSize"), message);
        assertEquals(1, dataFiles());
        upstream.has("chunks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1_000_001]);
        });
        String full = assertThrows(IOException.class, () -> find("chunks")).getMessage();
        assertTrue(full.contains("is full of what is being fetched; raise maximumSize"), full);
        assertEquals(0, count(folder.resolve("mirror/incoming")));
        // What was taken for it is given back.
        upstream.has("fits", random(999_000), "\"one\"");
        assertEquals(999_000, find("fits").orElseThrow().length());
    }

    @Test
    void survivesARestartAndAKill() throws IOException {
        upstream.has("file", "kept".getBytes(UTF_8), "\"one\"");
        text("file");
        mirror.close();
        Path files = folder.resolve("mirror/files");
        Files.writeString(folder.resolve("mirror/incoming/half"), "half a fi");
        Files.writeString(files.resolve("0123.4567"), "moved, but without a note");
        Files.writeString(files.resolve("broken.note"), "size=-1");
        Files.writeString(files.resolve("torn.note"), "\\u00");
        mirror = opened(1_000_000);
        upstream.asked();
        assertEquals("kept", text("file"));
        assertEquals(List.of(), upstream.asked());
        assertEquals(0, count(folder.resolve("mirror/incoming")));
        assertEquals(2, count(files));
        mirror.close();
        for (Path file : files()) {
            Files.writeString(file, "cut");
        }
        mirror = opened(1_000_000);
        assertEquals("kept", text("file"));
        assertEquals(List.of("/debian/file"), upstream.asked());
    }

    @Test
    void aFolderWithOtherFilesIsRefused() throws IOException {
        mirror.close();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.createDirectory(other.resolve("files"));
        Path letter = Files.writeString(other.resolve("files/letter"), "Dear Sir");
        Settings some = Settings.of(
                TestConfig.of(Map.of("path", "/mirror/x", "url", "http://127.0.0.1:1", "folder", other.toString())),
                Map.of());
        String message = assertThrows(IOException.class, () -> new HttpMirror(some, clock))
                .getMessage();
        assertTrue(message.contains("folder = " + other + " has other files, such as files"), message);
        assertTrue(Files.exists(letter));
        mirror = opened(1_000_000);
    }

    @Test
    void twoMirrorsDoNotShareAFolder() {
        String message =
                assertThrows(IOException.class, () -> opened(1_000_000)).getMessage();
        assertEquals(
                PLACE + ": folder = " + folder.resolve("mirror")
                        + " is in use by another mirror; give each a folder of its own",
                message);
    }
}
