package io.slipway.http.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.http.server.tls.TlsSettings.Named;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the files of the certificates hold at one time. */
final class CertificateFiles {

    /** Larger is none of them. */
    private static final int LARGEST = 1 << 20;

    private final TlsSettings settings;
    private final Map<Named, byte[]> contents = new LinkedHashMap<>();
    private Optional<IllegalArgumentException> trouble = Optional.empty();

    private CertificateFiles(TlsSettings settings) {
        this.settings = settings;
    }

    static CertificateFiles read(TlsSettings settings) {
        CertificateFiles files = new CertificateFiles(settings);
        for (TlsSettings.Files pair : settings.files()) {
            files.read(pair.certificate());
            files.read(pair.key());
        }
        return files;
    }

    private void read(Named file) {
        try (InputStream in = Files.newInputStream(file.path())) {
            contents.put(file, in.readNBytes(LARGEST));
        } catch (IOException e) {
            trouble = trouble.or(() ->
                    Optional.of(file.refused("a PEM file that the server can read, here or in etc/; it cannot: " + e)));
        }
    }

    /** Differs when anything of it does; from it nothing can be told of a key. */
    String mark() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((file, content) -> {
                digest.update((file.key() + file.value() + content.length + "\n").getBytes(UTF_8));
                digest.update(content);
            });
            trouble.ifPresent(found -> digest.update(found.getMessage().getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException names what cannot be used, and what was expected */
    List<ServerCertificate> certificates() {
        trouble.ifPresent(found -> {
            throw found;
        });
        List<ServerCertificate> certificates = settings.files().stream()
                .map(pair -> ServerCertificate.of(pair, contents.get(pair.certificate()), contents.get(pair.key())))
                .toList();
        Map<String, String> kinds = new HashMap<>();
        for (ServerCertificate certificate : certificates) {
            String other = kinds.put(certificate.algorithm(), certificate.file().value());
            if (other != null) {
                throw certificate
                        .file()
                        .refused("one certificate of an RSA key and one of an EC key at most; " + other
                                + " is of the same kind");
            }
        }
        return certificates;
    }
}
