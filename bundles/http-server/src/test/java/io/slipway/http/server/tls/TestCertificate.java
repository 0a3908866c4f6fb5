package io.slipway.http.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A certificate for 127.0.0.1 that vouches for itself, made by the JDK's keytool. */
public record TestCertificate(X509Certificate certificate, PrivateKey key) {

    private static final String PASSWORD = "secret";
    private static final Map<String, TestCertificate> MADE = new ConcurrentHashMap<>();

    /**
     * Makes one, or gives the one that was made before.
     *
     * @param algorithm RSA or EC
     * @param days that it is valid for; a negative number: it is so no more
     */
    public static TestCertificate of(String name, String algorithm, int days) {
        return MADE.computeIfAbsent(name, absent -> {
            try {
                return make(name, algorithm, days);
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError("no certificate", e);
            }
        });
    }

    public static TestCertificate rsa() {
        return of("rsa", "RSA", 90);
    }

    public static TestCertificate ec() {
        return of("ec", "EC", 90);
    }

    private static TestCertificate make(String name, String algorithm, int days)
            throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("slipway-certificate");
        Path file = folder.resolve("store.p12");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
            command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
            command.addAll(List.of("-alias", "test", "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1"));
            command.addAll(List.of("-keyalg", algorithm, "-keysize", algorithm.equals("RSA") ? "2048" : "256"));
            command.addAll(List.of("-startdate", "-400d", "-validity", Integer.toString(days + 400)));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (!Files.exists(file)) {
                throw new IOException("keytool: " + said);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            return new TestCertificate((X509Certificate) store.getCertificate("test"), (PrivateKey)
                    store.getKey("test", PASSWORD.toCharArray()));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** In PKCS#8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    static String pem(String label, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}
