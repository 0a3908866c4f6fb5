package io.slipway.storage.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a lock is held, not used
class OwnerLockTest {

    @TempDir
    private Path folder;

    @Test
    void turnsAwayASecondOwnerInThisProcess() throws IOException {
        try (OwnerLock first = OwnerLock.take(folder)) {
            assertRefused("this process");
            assertRefused("this process");
        }
        OwnerLock.take(folder).close();
    }

    @Test
    void turnsAwayASecondOwnerInAnotherProcess() throws Exception {
        try (OwnerLock first = OwnerLock.take(folder)) {
            assertRefused("this process");
            assertEquals("refused", otherProcess().lines().findFirst().orElseThrow());
        }
    }

    @Test
    void namesTheProcessThatHoldsTheFolder() throws Exception {
        Process other = start();
        try (BufferedReader lines = other.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("held", lines.readLine());
            assertRefused("process " + other.pid());
        } finally {
            other.getOutputStream().close();
            other.waitFor();
        }
        OwnerLock.take(folder).close();
    }

    private void assertRefused(String holder) {
        String message =
                assertThrows(IOException.class, () -> OwnerLock.take(folder)).getMessage();
        assertTrue(message.contains(folder + " is held by " + holder), message);
        assertTrue(message.contains("key folder"), message);
    }

    private String otherProcess() throws Exception {
        Process other = start();
        try (BufferedReader lines = other.inputReader(StandardCharsets.UTF_8)) {
            other.getOutputStream().close();
            return lines.readLine();
        } finally {
            other.waitFor();
        }
    }

    private Process start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The other process: takes the lock, says so, and keeps it until its input ends. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            try (OwnerLock lock = OwnerLock.take(folder)) {
                System.out.println("held");
                System.out.flush();
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException refused) {
                System.out.println("refused");
            }
        }
    }
}
