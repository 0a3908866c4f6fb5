package io.slipway.http.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are taken, and which leave those that are in use. */
class CertificatesTest {

    private static final TestCertificate RSA = TestCertificate.rsa();
    private static final TestCertificate EC = TestCertificate.ec();

    @TempDir
    Path etc;

    private final Certificates certificates = new Certificates(SslProvider.JDK);

    @BeforeEach
    void write() throws IOException {
        write("rsa.pem", RSA.pem());
        write("rsa.key", RSA.keyPem());
        write("ec.pem", EC.pem() + EC.keyPem());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc.resolve(name), text);
    }

    private TlsSettings settings(String certificates, String keys) {
        return TlsSettings.of(config(certificates, keys), etc);
    }

    static HttpsServer.Config config(String certificates, String keys) {
        Map<String, String[]> values = Map.of("certificates", new String[] {certificates}, "keys", new String[] {keys});
        return (HttpsServer.Config) Proxy.newProxyInstance(
                HttpsServer.Config.class.getClassLoader(),
                new Class<?>[] {HttpsServer.Config.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    }

    private List<String> kinds() {
        return certificates.described().stream().map(CertificateInUse::kind).toList();
    }

    private void lookTwice() {
        certificates.look(Instant.now());
        certificates.look(Instant.now());
    }

    @Test
    void oneOfEachKind() {
        certificates.change(() -> settings("rsa.pem, ec.pem", "rsa.key, ec.pem"));
        assertEquals(List.of("RSA 2048", "EC 256"), kinds());
        CertificateInUse first = certificates.described().get(0);
        assertEquals("rsa.pem", first.file());
        assertEquals("CN=rsa", first.subject());
        assertEquals(64, first.sha256().length());
    }

    @Test
    void aKeyInTheFileOfItsCertificate() {
        certificates.change(() -> settings("ec.pem", ""));
        assertEquals(List.of("EC 256"), kinds());
    }

    @Test
    void noneIsNamed() {
        certificates.change(() -> settings("ec.pem", ""));
        certificates.change(() -> settings("", ""));
        assertTrue(certificates.context().isEmpty());
    }

    @Test
    void whatIsRefusedNamesKeyValueAndWhatIsExpected() throws Exception {
        TestCertificate other = TestCertificate.of("other", "RSA", 90);
        write("text.pem", "hello");
        write("damaged.pem", TestCertificate.pem("CERTIFICATE", new byte[50]));
        write("disorder.pem", RSA.pem() + other.pem());
        write("other.pem", other.pem() + other.keyPem());
        write("locked.key", TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[50]));
        write("old.key", """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """);
        assertRefused("certificates = none.pem; expected a PEM file that the server can read", "none.pem", "rsa.key");
        assertRefused("certificates = text.pem; expected a PEM file with -----BEGIN CERT", "text.pem", "rsa.key");
        assertRefused("certificates = damaged.pem; expected a PEM file with cert", "damaged.pem", "rsa.key");
        assertRefused("certificates = disorder.pem; expected the server's cert", "disorder.pem", "rsa.key");
        assertRefused("keys = other.pem; expected the private key of the first", "rsa.pem", "other.pem");
        assertRefused("keys = ec.pem; expected the private key of an RSA cert", "rsa.pem", "ec.pem");
        assertRefused("certificates = rsa.pem; expected a PEM file with -----BEGIN PRIV", "rsa.pem", "");
        assertRefused("keys = locked.key; expected a private key without a passphrase", "rsa.pem", "locked.key");
        assertRefused("keys = old.key; expected a private key without a passphrase", "rsa.pem", "old.key");
        assertRefused("keys = rsa.key; expected as many files as cert", "rsa.pem, ec.pem", "rsa.key");
        assertRefused(
                "certificates = other.pem; expected one certificate of an RSA key and one of an EC",
                "rsa.pem, other.pem",
                "rsa.key, other.pem");
    }

    private void assertRefused(String expected, String certificate, String key) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> CertificateFiles.read(settings(certificate, key)).certificates())
                .getMessage();
        assertTrue(message.startsWith("etc/io.slipway.http.tls.cfg: " + expected), message);
        assertFalse(message.contains(RSA.keyPem().lines().skip(1).findFirst().orElseThrow()), message);
        assertFalse(message.contains("AAAA"), message);
    }

    @Test
    void aNewCertificateIsUsedOnceBothItsFilesAreThere() throws Exception {
        certificates.change(() -> settings("rsa.pem", "rsa.key"));
        SslContext before = certificates.context().orElseThrow();
        lookTwice();
        assertSame(before, certificates.context().orElseThrow());
        TestCertificate other = TestCertificate.of("other", "RSA", 90);
        write("rsa.pem", other.pem());
        certificates.look(Instant.now());
        write("rsa.key", other.keyPem());
        certificates.look(Instant.now());
        assertSame(before, certificates.context().orElseThrow());
        certificates.look(Instant.now());
        assertNotEquals(before, certificates.context().orElseThrow());
        assertEquals("CN=other", certificates.described().get(0).subject());
    }

    @Test
    void whatIsBrokenKeepsTheFormerOneUntilItIsMended() throws Exception {
        certificates.change(() -> settings("rsa.pem", "rsa.key"));
        SslContext before = certificates.context().orElseThrow();
        write("rsa.pem", "");
        lookTwice();
        Files.delete(etc.resolve("rsa.key"));
        lookTwice();
        certificates.change(() -> settings("rsa.pem", "rsa.key, ec.pem"));
        assertSame(before, certificates.context().orElseThrow());
        write("rsa.pem", EC.pem());
        write("rsa.key", EC.keyPem());
        lookTwice();
        assertEquals(List.of("EC 256"), kinds());
    }

    @Test
    void whatIsBrokenAtFirstIsUsedOnceItIsMended() throws Exception {
        write("rsa.key", "");
        certificates.change(() -> settings("rsa.pem", "rsa.key"));
        lookTwice();
        assertTrue(certificates.context().isEmpty());
        write("rsa.key", RSA.keyPem());
        lookTwice();
        assertEquals(List.of("RSA 2048"), kinds());
    }

    @Test
    void aChainIsKeptInItsOrder() throws Exception {
        write("twice.pem", RSA.pem() + RSA.pem());
        List<ServerCertificate> read =
                CertificateFiles.read(settings("twice.pem", "rsa.key")).certificates();
        assertEquals(
                List.of(RSA.certificate(), RSA.certificate()),
                Arrays.asList(read.get(0).chain()));
    }

    @Test
    void oneThatHasExpiredIsStillShown() throws Exception {
        TestCertificate expired = TestCertificate.of("expired", "EC", -10);
        write("old.pem", expired.pem() + expired.keyPem());
        certificates.change(() -> settings("old.pem", ""));
        certificates.look(Instant.now());
        assertTrue(certificates.described().get(0).expires().isBefore(Instant.now()));
        assertTrue(certificates.context().isPresent());
    }
}
