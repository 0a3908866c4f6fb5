package io.slipway.image.catalog.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/** The public keys of a file: primary keys, each with its subkeys (RFC 9580 section 10.1). */
public final class Keyring {

    /** The largest file that is read, in bytes. */
    static final int LARGEST = 16 << 20;

    private final String name;
    private final List<PGPPublicKeyRing> certificates;

    private Keyring(String name, List<PGPPublicKeyRing> certificates) {
        this.name = name;
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Reads a file of binary or armored keys, as {@code gpg --export} writes them.
     *
     * @throws IOException why it cannot be read
     */
    public static Keyring read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it is larger than " + (LARGEST >> 20) + " MiB");
            }
            return new Keyring(file.toString(), parse(bytes));
        }
    }

    /**
     * The keyring without the keys that are not meant.
     *
     * @param fingerprints of primary keys, in upper-case hexadecimal digits; none when all keys are meant
     * @throws IOException the file has none of them
     */
    public Keyring only(Set<String> fingerprints) throws IOException {
        if (fingerprints.isEmpty()) {
            return this;
        }
        List<PGPPublicKeyRing> meant = certificates.stream()
                .filter(found -> fingerprints.contains(fingerprint(found.getPublicKey())))
                .toList();
        if (meant.isEmpty()) {
            throw new IOException("it has none of the keys " + String.join(", ", fingerprints));
        }
        return new Keyring(name, meant);
    }

    /** The file. */
    String name() {
        return name;
    }

    /** The certificates that have a key of this ID, be it the primary one or a subkey. */
    List<PGPPublicKeyRing> with(long keyId) {
        return certificates.stream()
                .filter(found -> found.getPublicKey(keyId) != null)
                .toList();
    }

    static String fingerprint(PGPPublicKey key) {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    private static List<PGPPublicKeyRing> parse(byte[] bytes) throws IOException {
        List<byte[]> blocks = Armor.isBinary(bytes)
                ? List.of(bytes)
                : Armor.decode(new String(bytes, ISO_8859_1), "PUBLIC KEY BLOCK");
        List<PGPPublicKeyRing> found = new ArrayList<>();
        try {
            for (byte[] block : blocks) {
                BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(block));
                while (in.nextPacketTag() >= 0) {
                    found.add(new PGPPublicKeyRing(in, new BcKeyFingerprintCalculator()));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException("it is no OpenPGP keyring: " + e.getMessage(), e);
        }
        return found;
    }
}
