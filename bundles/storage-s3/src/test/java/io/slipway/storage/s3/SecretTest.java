package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadEachTime() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "first\n");
        Secret secret = Secret.of("etc/some.cfg", "secretKey", " file:" + file + " ");
        assertEquals("first", secret.value());
        Files.writeString(file, "second");
        assertEquals("second", secret.value());
        assertFalse(secret.toString().contains("second"));
    }

    @Test
    void theEnvironmentIsRead() throws IOException {
        assertEquals(System.getenv("PATH").strip(), new Secret("env:PATH").value());
        String message = assertThrows(IOException.class, () -> new Secret("env:NO_SUCH_VARIABLE_HERE").value())
                .getMessage();
        assertTrue(message.startsWith("the environment has no NO_SUCH_VARIABLE_HERE"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AKIAIOSFODNN7",
                "env:",
                "env:a b",
                "env:1",
                "file:",
                "file:relative",
                "file:\0",
                "password:x"
            })
    void aPlainValueIsRefusedAndNotRepeated(String text) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Secret.of("etc/some.cfg", "secretKey", text))
                .getMessage();
        assertEquals(
                "etc/some.cfg: secretKey = (not shown); expected env:NAME or file:/PATH, where the secret is: no file in"
                        + " etc/ holds one",
                message);
        assertThrows(IllegalArgumentException.class, () -> new Secret(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "one\ntwo"})
    void aFileWithoutOneLineIsRefused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        assertMessage(file, "does not have exactly one line; write only the secret to it");
    }

    @Test
    void aFileThatIsSomethingElseIsRefused() throws IOException {
        assertMessage(Files.writeString(folder.resolve("long"), "x".repeat(5000)), "has more than 4096 bytes");
        assertMessage(folder, "cannot be read");
        assertMessage(folder.resolve("absent"), "does not exist; write the secret to it");
    }

    private static void assertMessage(Path file, String part) {
        String message = assertThrows(IOException.class, () -> new Secret("file:" + file).value())
                .getMessage();
        assertTrue(message.startsWith("file:" + file + " " + part), message);
    }
}
