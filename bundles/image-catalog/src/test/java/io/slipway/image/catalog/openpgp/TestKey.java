package io.slipway.image.catalog.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.PublicSubkeyPacket;
import org.bouncycastle.bcpg.UserIDPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A key that is made for a test, packet by packet, so that it can also be what no sound program makes. */
public final class TestKey {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** When documents are signed. */
    public static final Instant MADE = NOW.minus(Duration.ofDays(1));

    /** When keys are made. */
    static final Instant BORN = NOW.minus(Duration.ofDays(400));

    static final int SHA512 = HashAlgorithmTags.SHA512;

    /** What is said with a signature. */
    interface Words extends Consumer<PGPSignatureSubpacketGenerator> {}

    static final Words NOTHING = words -> {};

    private interface Claim {
        PGPSignature make(PGPSignatureGenerator generator) throws PGPException;
    }

    private final PGPKeyPair primary;
    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private PGPKeyPair signer;

    private TestKey(PGPKeyPair primary) {
        this.primary = primary;
        this.signer = primary;
        append(() -> primary.getPublicKey().getPublicKeyPacket().getEncoded());
    }

    /** A primary key that may sign. */
    public static TestKey good() {
        return bare().named(SHA512, BORN, NOTHING);
    }

    /** Only the key. */
    static TestKey bare() {
        return new TestKey(pair(BORN));
    }

    static TestKey bornAt(Instant born) {
        return new TestKey(pair(born)).named(SHA512, BORN, NOTHING);
    }

    /** @param bits few, so that it is soon made */
    static TestKey rsa(int bits) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(0x10001), new SecureRandom(), bits, 12));
        return sure(() -> new TestKey(new BcPGPKeyPair(
                        PublicKeyPacket.VERSION_4,
                        PublicKeyAlgorithmTags.RSA_GENERAL,
                        generator.generateKeyPair(),
                        Date.from(BORN))))
                .named(SHA512, BORN, NOTHING);
    }

    /** A user ID and the key's own signature of it. */
    TestKey named(int hash, Instant made, Words words) {
        String id = "Test " + packets.size();
        append(() -> new UserIDPacket(id).getEncoded());
        return bearing(
                PGPSignature.POSITIVE_CERTIFICATION,
                hash,
                made,
                words,
                generator -> generator.generateCertification(id, primary.getPublicKey()));
    }

    /** Another signature of the first user ID, which must be the last packet's. */
    TestKey renamed(int type, Instant made, Words words, String id) {
        return bearing(
                type, SHA512, made, words, generator -> generator.generateCertification(id, primary.getPublicKey()));
    }

    /** A signature about the key itself. */
    TestKey saying(int type, Instant made, Words words) {
        return bearing(type, SHA512, made, words, generator -> generator.generateCertification(primary.getPublicKey()));
    }

    TestKey revoked() {
        return saying(PGPSignature.KEY_REVOCATION, NOW.minus(Duration.ofDays(2)), NOTHING);
    }

    /** A signature by a stranger in place of the key's own. */
    TestKey revokedBy(TestKey stranger) {
        append(() -> sign(
                        stranger.primary,
                        PGPSignature.KEY_REVOCATION,
                        SHA512,
                        BORN,
                        NOTHING,
                        generator -> generator.generateCertification(primary.getPublicKey()))
                .getEncoded());
        return this;
    }

    /** A subkey, with which is signed from now on. */
    TestKey withSubkey() {
        return withSubkey(words -> words.setKeyFlags(true, KeyFlags.SIGN_DATA), true);
    }

    /** @param back whether it says itself that it is bound */
    TestKey withSubkey(Words words, boolean back) {
        unboundSubkey();
        PGPKeyPair subkey = signer;
        return bearing(
                PGPSignature.SUBKEY_BINDING,
                SHA512,
                BORN,
                said -> {
                    words.accept(said);
                    if (back) {
                        sure(() -> {
                            said.addEmbeddedSignature(true, bindingBack(subkey));
                            return said;
                        });
                    }
                },
                generator -> generator.generateCertification(primary.getPublicKey(), subkey.getPublicKey()));
    }

    TestKey unboundSubkey() {
        signer = pair(BORN);
        PublicKeyPacket packet = signer.getPublicKey().getPublicKeyPacket();
        append(() -> new PublicSubkeyPacket(
                        PublicKeyPacket.VERSION_4, packet.getAlgorithm(), packet.getTime(), packet.getKey())
                .getEncoded());
        return this;
    }

    TestKey subkeyRevoked() {
        PGPPublicKey subkey = signer.getPublicKey();
        return bearing(
                PGPSignature.SUBKEY_REVOCATION,
                SHA512,
                BORN,
                NOTHING,
                generator -> generator.generateCertification(primary.getPublicKey(), subkey));
    }

    private PGPSignature bindingBack(PGPKeyPair subkey) {
        return sign(
                subkey,
                PGPSignature.PRIMARYKEY_BINDING,
                SHA512,
                BORN,
                NOTHING,
                generator -> generator.generateCertification(primary.getPublicKey(), subkey.getPublicKey()));
    }

    /** The public key, as a keyring holds it. */
    public byte[] certificate() {
        return packets.toByteArray();
    }

    /** Of the primary key. */
    public String fingerprint() {
        return Keyring.fingerprint(primary.getPublicKey());
    }

    /** Of the key that signs, as messages name it. */
    String keyId() {
        return "%016X".formatted(signer.getKeyID());
    }

    /** A detached signature of bytes. */
    public byte[] sign(byte[] bytes) {
        return sign(PGPSignature.BINARY_DOCUMENT, SHA512, MADE, NOTHING, bytes);
    }

    byte[] sign(int type, int hash, Instant made, Words words, byte[] bytes) {
        return sure(() -> sign(signer, type, hash, made, words, generator -> {
                    generator.update(bytes);
                    return generator.generate();
                })
                .getEncoded());
    }

    /** A clear-signed message (RFC 9580 section 7). */
    public String clearSign(String text) {
        return clearSign(PGPSignature.CANONICAL_TEXT_DOCUMENT, text);
    }

    String clearSign(int type, String text) {
        String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String canonical = Arrays.stream(bare.split("\n", -1))
                .map(line -> line.replaceFirst("[ \t]+$", ""))
                .collect(Collectors.joining("\r\n"));
        String escaped = Arrays.stream(bare.split("\n", -1))
                .map(line -> line.startsWith("-") ? "- " + line : line)
                .collect(Collectors.joining("\n"));
        byte[] signature = sign(type, SHA512, MADE, NOTHING, canonical.getBytes(ISO_8859_1));
        return "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" + escaped + "\n" + armor("SIGNATURE", signature);
    }

    public static String armor(String type, byte[] bytes) {
        return "-----BEGIN PGP " + type + "-----\n\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes)
                + "\n=AAAA\n-----END PGP " + type + "-----\n";
    }

    private TestKey bearing(int type, int hash, Instant made, Words words, Claim claim) {
        append(() -> sign(primary, type, hash, made, words, claim).getEncoded());
        return this;
    }

    private static PGPSignature sign(PGPKeyPair by, int type, int hash, Instant made, Words words, Claim claim) {
        return sure(() -> {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(by.getPublicKey().getAlgorithm(), hash), by.getPublicKey());
            generator.init(type, by.getPrivateKey());
            PGPSignatureSubpacketGenerator said = new PGPSignatureSubpacketGenerator();
            said.setSignatureCreationTime(true, Date.from(made));
            said.setIssuerFingerprint(false, by.getPublicKey());
            words.accept(said);
            generator.setHashedSubpackets(said.generate());
            return claim.make(generator);
        });
    }

    private static PGPKeyPair pair(Instant born) {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        return sure(() -> new BcPGPKeyPair(
                PublicKeyPacket.VERSION_4,
                PublicKeyAlgorithmTags.EDDSA_LEGACY,
                generator.generateKeyPair(),
                Date.from(born)));
    }

    private interface Making<T> {
        T make() throws IOException, PGPException;
    }

    private void append(Making<byte[]> packet) {
        packets.writeBytes(sure(packet));
    }

    private static <T> T sure(Making<T> making) {
        try {
            return making.make();
        } catch (IOException | PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Several keyrings or signatures as one. */
    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
