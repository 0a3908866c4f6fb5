package io.slipway.storage.oci;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** TLS that trusts the issuers in a PEM file besides those whom Java trusts: a token server may be a public one. */
final class TrustedIssuers {

    /** Larger is no file of certificates. In bytes. */
    private static final int LARGEST = 4 << 20;

    private TrustedIssuers() {}

    /**
     * @param file of the configuration, for the message
     * @throws IllegalArgumentException names the file, the key and what was expected
     */
    static SSLContext with(Path issuers, String file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate known : ofJava()) {
                store.setCertificateEntry("java-" + number++, known);
            }
            for (Certificate own : read(issuers)) {
                store.setCertificateEntry("own-" + number++, own);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    file + ": caFile = " + issuers + "; expected a PEM file with -----BEGIN CERTIFICATE----- that the"
                            + " server can read (" + e + ")",
                    e);
        }
    }

    private static Collection<? extends Certificate> read(Path issuers) throws IOException, GeneralSecurityException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(issuers)) {
            bytes = in.readNBytes(LARGEST);
        }
        Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        if (found.isEmpty()) {
            throw new IOException("there is no certificate in it");
        }
        return found;
    }

    private static X509Certificate[] ofJava() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        for (TrustManager found : trust.getTrustManagers()) {
            if (found instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
