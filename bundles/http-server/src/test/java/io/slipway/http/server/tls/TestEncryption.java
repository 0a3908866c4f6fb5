package io.slipway.http.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Both sides of TLS for tests. */
public final class TestEncryption {

    private TestEncryption() {}

    public static SslContext server(SslProvider provider, TestCertificate... certificates) {
        List<ServerCertificate> read = new ArrayList<>();
        for (TestCertificate certificate : certificates) {
            TlsSettings.Named name = new TlsSettings.Named("certificates", "test", Path.of("test"));
            read.add(ServerCertificate.of(
                    new TlsSettings.Files(name, name),
                    certificate.pem().getBytes(US_ASCII),
                    certificate.keyPem().getBytes(US_ASCII)));
        }
        try {
            return Encryption.of(read, provider);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** For clients that know these certificates. */
    public static SSLContext client(TestCertificate... certificates) throws IOException, GeneralSecurityException {
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        for (TestCertificate certificate : certificates) {
            known.setCertificateEntry(
                    certificate.certificate().getSubjectX500Principal().getName(), certificate.certificate());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A socket that is not connected yet. */
    public static SSLSocket socket(SSLContext client, String version, String... ciphers) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket();
        socket.setEnabledProtocols(new String[] {version});
        if (ciphers.length > 0) {
            socket.setEnabledCipherSuites(ciphers);
        }
        return socket;
    }
}
