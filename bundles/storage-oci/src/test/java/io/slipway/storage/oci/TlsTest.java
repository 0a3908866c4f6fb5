package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose certificate vouches for itself, for 127.0.0.1. */
class TlsTest {

    private static final String PASSWORD = "secret";

    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "test",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keyalg",
                        "EC")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        fixture = new Fixture(folder, new FakeRegistry(server));
        fixture.origin = Optional.of(new Origin("https", "127.0.0.1", fixture.registry.port()));
        Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(store.getCertificate("test").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whoVouchesForItIsInAFile() throws IOException {
        fixture.trust = Optional.of(folder.resolve("ca.pem"));
        Digest digest = Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        assertArrayEquals(
                fixture.registry.manifests.get("debian-12").get(digest).bytes(),
                Pushes.read(fixture.backend(), digest));
    }

    @Test
    void whomNobodyVouchesForIsNotTalkedTo() {
        String message = assertThrows(IOException.class, () -> Pushes.store(fixture.backend(), "kernel"))
                .getMessage();
        assertTrue(message.contains("TLS failed ("), message);
        assertTrue(message.contains("name who vouches for its certificate in caFile in etc/io.slip"), message);
        assertEquals(0, fixture.registry.requests.size());
    }

    @Test
    void aCertificateOfAnotherHostIsNotItsOwn() {
        fixture.trust = Optional.of(folder.resolve("ca.pem"));
        fixture.origin = Optional.of(new Origin("https", "localhost", fixture.registry.port()));
        String message = assertThrows(IOException.class, () -> Pushes.store(fixture.backend(), "kernel"))
                .getMessage();
        assertTrue(message.contains("TLS failed ("), message);
    }

    @Test
    void whatIsSentOnIsNotSentInTheClear() throws IOException {
        fixture.trust = Optional.of(folder.resolve("ca.pem"));
        Digest digest = Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        fixture.registry.rule("GET .*", FakeReplies.status(307, "Location", "http://127.0.0.1:1/x?sign=y"));
        String message = assertThrows(IOException.class, () -> fixture.backend().blob(digest))
                .getMessage();
        assertTrue(message.contains("it is sent on to http://127.0.0.1:1/x, which is not encrypted"), message);
        fixture.registry.rule("POST .*", FakeReplies.status(202, "Location", "http://127.0.0.1:1/x?state=y"));
        message = assertThrows(IOException.class, () -> Pushes.store(fixture.backend(), "initrd"))
                .getMessage();
        assertTrue(message.contains("it is sent on to http://127.0.0.1:1/x, which is not encrypted"), message);
    }

    @Test
    void whatIsNoFileOfCertificatesIsRefused() throws IOException {
        for (String content : new String[] {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
            fixture.trust = Optional.of(Files.writeString(folder.resolve("bad.pem"), content));
            assertRefused();
        }
        fixture.trust = Optional.of(folder.resolve("absent.pem"));
        assertRefused();
    }

    private void assertRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> fixture.open())
                .getMessage();
        assertTrue(
                message.startsWith("etc/io.slipway.storage.oci-lab.cfg: caFile = " + fixture.trust.orElseThrow()
                        + "; expected a PEM file"),
                message);
    }
}
