package io.slipway.image.catalog.openpgp;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** No bytes are a good signature, and none end in anything but a refusal. */
class SignatureFuzzTest {

    private static OpenPgp openPgp;

    @BeforeAll
    static void makeKey(@TempDir Path folder) throws IOException {
        Path keyring = Files.write(folder.resolve("keyring"), TestKey.good().certificate());
        openPgp = new OpenPgp(Keyring.read(keyring), InstantSource.fixed(TestKey.NOW));
    }

    @FuzzTest(maxDuration = "2m")
    void anyBytes(byte[] bytes) {
        assertThrows(IOException.class, () -> openPgp.verify("it", new byte[] {1, 2, 3}, bytes));
    }
}
