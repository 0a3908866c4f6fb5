package io.slipway.http.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.slipway.http.server.tls.TlsSettings.Files;
import io.slipway.http.server.tls.TlsSettings.Named;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A certificate by which clients know this server, and what proves that it is its own. */
final class ServerCertificate {

    private static final byte[] PROOF = "whoever has the private key can sign this".getBytes(US_ASCII);

    private final Files files;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerCertificate(Files files, List<X509Certificate> chain, PrivateKey key) {
        this.files = files;
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads both from what is in the files.
     *
     * @throws IllegalArgumentException names the file and what was expected of it, and has nothing of the key in it
     */
    static ServerCertificate of(Files files, byte[] certificateFile, byte[] keyFile) {
        List<X509Certificate> chain = chain(files.certificate(), certificateFile);
        PrivateKey key = key(files.key(), keyFile, chain.get(0).getPublicKey());
        if (!belongTogether(key, chain.get(0).getPublicKey())) {
            throw files.key()
                    .refused("the private key of the first certificate in "
                            + files.certificate().value() + "; it belongs to another one");
        }
        return new ServerCertificate(files, chain, key);
    }

    private static List<X509Certificate> chain(Named file, byte[] content) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : PemBlock.in(content)) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw file.refused("a PEM file with certificates; one is damaged: " + e.getMessage());
        }
        if (chain.isEmpty()) {
            throw file.refused("a PEM file with -----BEGIN CERTIFICATE-----; there is none in it");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw file.refused("the server's certificate first, and then each that vouches for the one before it;"
                        + " number " + (i + 1) + " does not");
            }
        }
        if (!(chain.get(0).getPublicKey() instanceof RSAPublicKey)
                && !(chain.get(0).getPublicKey() instanceof ECPublicKey)) {
            throw file.refused("a certificate of an RSA or EC key; this has "
                    + chain.get(0).getPublicKey().getAlgorithm());
        }
        return List.copyOf(chain);
    }

    private static PrivateKey key(Named file, byte[] content, PublicKey partner) {
        PemBlock block = PemBlock.in(content).stream()
                .filter(found -> found.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> file.refused("a PEM file with -----BEGIN PRIVATE KEY-----; there is none in it"));
        if (block.isEncrypted()) {
            throw file.refused("a private key without a passphrase, in a file that only the server can read"
                    + " (see: openssl pkey -in FILE -out FILE)");
        }
        try {
            return PrivateKeys.read(block, partner.getAlgorithm());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Why the JDK cannot read it may have something of the key in it.
            throw file.refused("the private key of an " + partner.getAlgorithm()
                    + " certificate; it is of another kind, or damaged");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey partner) {
        try {
            Signature signature =
                    Signature.getInstance("SHA256with" + (partner instanceof ECPublicKey ? "ECDSA" : "RSA"));
            signature.initSign(key);
            signature.update(PROOF);
            byte[] signed = signature.sign();
            signature.initVerify(partner);
            signature.update(PROOF);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Named file() {
        return files.certificate();
    }

    /** {@code RSA} or {@code EC}. */
    String algorithm() {
        return key.getAlgorithm();
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate[] chain() {
        return chain.toArray(new X509Certificate[0]);
    }

    Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    CertificateInUse described() {
        X509Certificate own = chain.get(0);
        int bits = own.getPublicKey() instanceof RSAPublicKey rsa
                ? rsa.getModulus().bitLength()
                : ((ECPublicKey) own.getPublicKey()).getParams().getOrder().bitLength();
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(own.getEncoded()));
            return new CertificateInUse(
                    file().value(),
                    own.getSubjectX500Principal().getName(),
                    algorithm() + " " + bits,
                    expires(),
                    digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it was decoded, and Java has SHA-256", e);
        }
    }
}
