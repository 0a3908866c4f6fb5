package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiskFolderTest {

    @TempDir
    Path temp;

    private static String refusal(Path folder) {
        return assertThrows(IOException.class, () -> DiskFolder.own(folder)).getMessage();
    }

    @Test
    void aFolderHasOneOwner() throws IOException {
        Path folder = temp.resolve("deep/state");
        Path otherName = Files.createSymbolicLink(temp.resolve("other"), folder);
        try (DiskFolder owned = DiskFolder.own(folder)) {
            assertTrue(owned.describe("x").endsWith("deep/state/x"));
            for (Path name : new Path[] {folder, otherName, folder}) {
                assertTrue(refusal(name).contains("data folder " + folder.toRealPath() + " is in use by this process"));
                assertTrue(refusal(name).contains("stop that server, or set 'folder'"));
            }
        }
        DiskFolder.own(otherName).close();
    }

    @Test
    void anotherProcessIsRespected() throws Exception {
        String classes = Path.of(LockHolder.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        LockHolder.class.getName(),
                        temp.resolve("lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader says =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("held", says.readLine());
            assertTrue(refusal(temp).contains("is in use by another process"));
            assertTrue(refusal(temp).contains(temp.resolve("lock").toString()));
            holder.getOutputStream().close();
            holder.waitFor();
        } finally {
            holder.destroy();
        }
        DiskFolder.own(temp).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertTrue(refusal(file).contains(file.toString()));
    }

    @Test
    void filesAreWrittenReadRenamedCopiedAndDeleted() throws IOException {
        try (DiskFolder folder = DiskFolder.own(temp)) {
            try (LogFile file = folder.create("a")) {
                file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0);
                file.write(ByteBuffer.wrap(new byte[] {9}), 6);
                file.force(true);
                assertEquals(7, file.size());
                file.truncate(5);
                file.truncate(100);
                assertEquals(5, file.size());
            }
            folder.create("b").close();
            folder.rename("a", "b");
            folder.force();
            folder.copy("b", "c");
            assertFalse(folder.has("a"));
            assertArrayEquals(new byte[] {1, 2, 3, 4, 0}, Files.readAllBytes(temp.resolve("c")));
            try (LogFile file = folder.open("b")) {
                ByteBuffer read = ByteBuffer.allocate(10);
                file.read(read, 3);
                assertEquals(2, read.position());
                assertEquals(4, read.get(0));
            }
            folder.delete("b");
            folder.delete("b");
            assertFalse(folder.has("b"));
            assertThrows(IOException.class, () -> folder.open("b"));
        }
    }
}
