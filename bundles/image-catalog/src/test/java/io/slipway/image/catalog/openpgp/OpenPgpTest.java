package io.slipway.image.catalog.openpgp;

import static io.slipway.image.catalog.openpgp.TestKey.BORN;
import static io.slipway.image.catalog.openpgp.TestKey.MADE;
import static io.slipway.image.catalog.openpgp.TestKey.NOTHING;
import static io.slipway.image.catalog.openpgp.TestKey.NOW;
import static io.slipway.image.catalog.openpgp.TestKey.SHA512;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPSignature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPgpTest {

    private static final byte[] BYTES = "one\ntwo\n".getBytes(UTF_8);
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private static TestKey key;
    private static TestKey other;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeKeys() {
        key = TestKey.good();
        other = TestKey.good();
    }

    @Test
    void aDetachedSignatureIsVerified() throws IOException {
        Signer signer = verify(key, key.sign(BYTES));
        assertEquals(new Signer(key.fingerprint(), MADE), signer);
        assertEquals(
                signer, verify(key, TestKey.armor("SIGNATURE", key.sign(BYTES)).getBytes(UTF_8)));
    }

    @Test
    void aSignatureOfTextDoesNotMindTheEndsOfLines() throws IOException {
        byte[] signature = key.sign(PGPSignature.CANONICAL_TEXT_DOCUMENT, SHA512, MADE, NOTHING, BYTES);
        OpenPgp openPgp = openPgp(key.certificate());
        assertEquals(key.fingerprint(), openPgp.verify("it", BYTES, signature).fingerprint());
        assertEquals(
                key.fingerprint(),
                openPgp.verify("it", "one\r\ntwo\r\n".getBytes(UTF_8), signature)
                        .fingerprint());
    }

    @Test
    void otherBytesDoNotFit() throws IOException {
        OpenPgp openPgp = openPgp(key.certificate());
        byte[] signature = key.sign("one\ntwo!\n".getBytes(UTF_8));
        String message = assertThrows(IOException.class, () -> openPgp.verify("Release", BYTES, signature))
                .getMessage();
        assertTrue(message.startsWith("the signature of Release does not fit"), message);
        assertTrue(message.contains(key.keyId()), message);
    }

    @Test
    void aSignatureOfNoKeyOfTheKeyringIsRefused() {
        assertEquals(
                "the signature of it is not of any key in " + folder.resolve("keyring")
                        + " that may sign it (made by key ID " + other.keyId() + ")",
                refusal(key, other.sign(BYTES)));
    }

    @Test
    void onlyTheKeysThatAreAllowedCount() throws IOException {
        Keyring both = keyring(TestKey.joined(key.certificate(), other.certificate()));
        OpenPgp openPgp = new OpenPgp(both.only(Set.of(key.fingerprint())), InstantSource.fixed(NOW));
        assertEquals(
                key.fingerprint(), openPgp.verify("it", BYTES, key.sign(BYTES)).fingerprint());
        assertThrows(IOException.class, () -> openPgp.verify("it", BYTES, other.sign(BYTES)));
        String message = assertThrows(IOException.class, () -> both.only(Set.of("A".repeat(40))))
                .getMessage();
        assertEquals("it has none of the keys " + "A".repeat(40), message);
    }

    @Test
    void oneGoodSignatureOfSeveralIsEnough() throws IOException {
        TestKey expired = TestKey.bare().named(SHA512, BORN, words -> words.setKeyExpirationTime(true, DAY));
        byte[] keys = TestKey.joined(expired.certificate(), key.certificate());
        byte[] signatures = TestKey.joined(other.sign(BYTES), expired.sign(BYTES), key.sign(BYTES));
        assertEquals(
                key.fingerprint(), openPgp(keys).verify("it", BYTES, signatures).fingerprint());
    }

    @Test
    void aSignatureOfAKnownKeyThatDoesNotFitRefusesAll() throws IOException {
        OpenPgp openPgp = openPgp(TestKey.joined(other.certificate(), key.certificate()));
        byte[] signatures = TestKey.joined(key.sign(BYTES), other.sign(new byte[1]));
        assertTrue(assertThrows(IOException.class, () -> openPgp.verify("it", BYTES, signatures))
                .getMessage()
                .contains("does not fit"));
    }

    @ParameterizedTest
    @ValueSource(ints = {HashAlgorithmTags.SHA1, HashAlgorithmTags.MD5, HashAlgorithmTags.RIPEMD160})
    void aBrokenHashIsRefused(int hash) {
        String refusal = refusal(key, key.sign(PGPSignature.BINARY_DOCUMENT, hash, MADE, NOTHING, BYTES));
        assertTrue(refusal.contains(" is made with ") && refusal.contains(", which can be forged"), refusal);
    }

    @Test
    void aSignatureThatHasExpiredIsRefused() throws IOException {
        byte[] signature = key.sign(
                PGPSignature.BINARY_DOCUMENT,
                SHA512,
                MADE,
                words -> words.setSignatureExpirationTime(true, DAY),
                BYTES);
        assertTrue(refusal(key, signature).contains("has expired; it was made on " + MADE), refusal(key, signature));
        OpenPgp before = new OpenPgp(keyring(key.certificate()), InstantSource.fixed(NOW.minusSeconds(1)));
        assertEquals(MADE, before.verify("it", BYTES, signature).made());
    }

    @Test
    void aSignatureOfTheFutureIsRefused() {
        byte[] signature =
                key.sign(PGPSignature.BINARY_DOCUMENT, SHA512, NOW.plus(Duration.ofHours(1)), NOTHING, BYTES);
        assertTrue(refusal(key, signature).contains("set the clock"), refusal(key, signature));
    }

    @Test
    void aSignatureThatIsNotOfADocumentIsRefused() {
        byte[] signature = key.sign(PGPSignature.STAND_ALONE, SHA512, MADE, NOTHING, BYTES);
        assertTrue(refusal(key, signature).contains("is of type 2"), refusal(key, signature));
    }

    @Test
    void whatMustBeUnderstoodAndIsNotIsRefused() {
        byte[] signature = key.sign(
                PGPSignature.BINARY_DOCUMENT,
                SHA512,
                MADE,
                words -> words.addNotationData(true, true, "must@example.org", "yes"),
                BYTES);
        assertTrue(refusal(key, signature).contains("must be understood"), refusal(key, signature));
    }

    @Test
    void aKeyThatHasExpiredIsRefused() {
        TestKey expired = TestKey.bare().named(SHA512, BORN, words -> words.setKeyExpirationTime(true, DAY));
        assertTrue(refusal(expired).contains("that key has expired on " + BORN.plusSeconds(DAY)), refusal(expired));
    }

    @Test
    void theKeysLastWordCounts() throws IOException {
        TestKey prolonged = TestKey.bare()
                .named(SHA512, BORN, words -> words.setKeyExpirationTime(true, DAY))
                .named(SHA512, BORN.plusSeconds(1), words -> words.setKeyExpirationTime(true, 1000 * DAY));
        assertEquals(
                prolonged.fingerprint(),
                verify(prolonged, prolonged.sign(BYTES)).fingerprint());
        TestKey shortened = TestKey.bare()
                .named(SHA512, BORN, NOTHING)
                .named(SHA512, BORN.plusSeconds(1), words -> words.setKeyExpirationTime(true, DAY));
        assertTrue(refusal(shortened).contains("has expired"), refusal(shortened));
        TestKey direct = TestKey.bare()
                .saying(PGPSignature.DIRECT_KEY, BORN, words -> words.setKeyExpirationTime(true, DAY))
                .named(SHA512, BORN.plusSeconds(1), NOTHING);
        assertTrue(refusal(direct).contains("has expired"), refusal(direct));
    }

    @Test
    void aRevokedKeyIsRefused() throws IOException {
        TestKey revoked = TestKey.bare().revoked().named(SHA512, BORN, NOTHING);
        assertTrue(refusal(revoked).contains("that key is revoked"), refusal(revoked));
        TestKey maligned = TestKey.bare().revokedBy(other).named(SHA512, BORN, NOTHING);
        assertEquals(
                maligned.fingerprint(), verify(maligned, maligned.sign(BYTES)).fingerprint());
    }

    @Test
    void aUserIdThatIsRevokedVouchesForNothing() {
        TestKey bare = TestKey.bare();
        String id = "Test " + bare.certificate().length;
        TestKey revoked = bare.named(SHA512, BORN, NOTHING)
                .renamed(PGPSignature.CERTIFICATION_REVOCATION, BORN.plusSeconds(1), NOTHING, id);
        assertTrue(refusal(revoked).contains("no signature of its own"), refusal(revoked));
    }

    @Test
    void aKeyThatIsTwiceInTheKeyringIsRevokedInBoth() throws IOException {
        TestKey twice = TestKey.bare();
        byte[] bare = twice.certificate();
        byte[] good = twice.named(SHA512, BORN, NOTHING).certificate();
        byte[] revocation = twice.revoked().certificate();
        byte[] tail = Arrays.copyOfRange(revocation, good.length, revocation.length);
        byte[] named = Arrays.copyOfRange(good, bare.length, good.length);
        OpenPgp openPgp = openPgp(TestKey.joined(good, bare, tail, named));
        assertTrue(assertThrows(IOException.class, () -> openPgp.verify("it", BYTES, twice.sign(BYTES)))
                .getMessage()
                .contains("that key is revoked"));
    }

    @Test
    void aKeyWithoutATrustworthySignatureOfItsOwnIsRefused() {
        assertTrue(refusal(TestKey.bare()).contains("no signature of its own"), refusal(TestKey.bare()));
        TestKey weak = TestKey.bare().named(HashAlgorithmTags.SHA1, BORN, NOTHING);
        assertTrue(refusal(weak).contains("no signature of its own"), refusal(weak));
    }

    @Test
    void aKeyThatIsYoungerThanItsSignatureIsRefused() {
        TestKey young = TestKey.bornAt(NOW.minusSeconds(60));
        assertTrue(refusal(young).contains("that key was made after it"), refusal(young));
    }

    @Test
    void aKeyThatIsOnlyForCertifyingIsRefused() {
        TestKey certifying =
                TestKey.bare().named(SHA512, BORN, words -> words.setKeyFlags(true, KeyFlags.CERTIFY_OTHER));
        assertTrue(refusal(certifying).contains("that key is not for signing"), refusal(certifying));
    }

    @Test
    void aShortRsaKeyIsRefused() {
        TestKey rsa = TestKey.rsa(1024);
        assertTrue(refusal(rsa).contains("that key has 1024 bits; at least 2048"), refusal(rsa));
    }

    @Test
    void aSubkeySignsForItsPrimaryKey() throws IOException {
        TestKey withSubkey = TestKey.bare()
                .named(SHA512, BORN, words -> words.setKeyFlags(true, KeyFlags.CERTIFY_OTHER))
                .withSubkey();
        assertEquals(
                withSubkey.fingerprint(),
                verify(withSubkey, withSubkey.sign(BYTES)).fingerprint());
    }

    @Test
    void aSubkeyThatMayNotSignIsRefused() {
        TestKey.Words signs = words -> words.setKeyFlags(true, KeyFlags.SIGN_DATA);
        assertTrue(refusal(TestKey.good().unboundSubkey()).contains("is not bound to its primary key"));
        assertTrue(refusal(TestKey.good().withSubkey(signs, false)).contains("does not say that it belongs"));
        assertTrue(refusal(TestKey.good().withSubkey().subkeyRevoked()).contains("that subkey is revoked"));
        assertTrue(refusal(TestKey.good().withSubkey(words -> words.setKeyFlags(true, KeyFlags.ENCRYPT_COMMS), true))
                .contains("that subkey is not for signing"));
        assertTrue(refusal(TestKey.good()
                        .withSubkey(
                                words -> {
                                    signs.accept(words);
                                    words.setKeyExpirationTime(true, DAY);
                                },
                                true))
                .contains("that key has expired on"));
        assertTrue(refusal(TestKey.bare().revoked().named(SHA512, BORN, NOTHING).withSubkey())
                .contains("that key is revoked"));
    }

    @Test
    void whatIsNoSignatureIsRefused() {
        assertTrue(refusal(key, new byte[0]).contains("it has no line -----BEGIN PGP SIGNATURE-----"));
        assertTrue(refusal(key, "<html>".getBytes(UTF_8)).contains("cannot be read"));
        assertTrue(refusal(key, key.certificate()).contains("a packet of type 6"));
        assertTrue(refusal(key, new byte[] {(byte) 0xc2, 100}).contains("cut short"));
        assertTrue(refusal(key, new byte[OpenPgp.LONGEST_SIGNATURE + 1]).contains("is longer than"));
        assertTrue(refusal(key, new byte[] {(byte) 0xc2, 1, 9}).contains("of no kind that is known here"));
        byte[][] many = new byte[17][];
        Arrays.fill(many, key.sign(BYTES));
        assertTrue(refusal(key, TestKey.joined(many)).contains("more than 16 packets"));
    }

    @Test
    void keyringsAreBinaryOrArmoredInSeveralBlocks() throws IOException {
        String armored = "my keys:\n" + TestKey.armor("PUBLIC KEY BLOCK", other.certificate())
                + TestKey.armor("PUBLIC KEY BLOCK", key.certificate());
        OpenPgp openPgp = openPgp(armored.getBytes(UTF_8));
        assertEquals(
                key.fingerprint(), openPgp.verify("it", BYTES, key.sign(BYTES)).fingerprint());
        assertEquals(
                other.fingerprint(),
                openPgp.verify("it", BYTES, other.sign(BYTES)).fingerprint());
    }

    @Test
    void whatIsNoKeyringIsRefused() {
        assertTrue(assertThrows(IOException.class, () -> keyring("no key".getBytes(UTF_8)))
                .getMessage()
                .contains("it has no line -----BEGIN PGP PUBLIC KEY BLOCK-----"));
        assertTrue(assertThrows(IOException.class, () -> keyring(key.sign(BYTES)))
                .getMessage()
                .contains("it is no OpenPGP keyring"));
        assertTrue(assertThrows(IOException.class, () -> keyring(new byte[Keyring.LARGEST + 1]))
                .getMessage()
                .contains("larger than 16 MiB"));
        assertThrows(IOException.class, () -> Keyring.read(folder.resolve("absent")));
    }

    @Test
    void clearSignedTextIsGivenAsItWasSigned() throws IOException {
        OpenPgp openPgp = openPgp(key.certificate());
        String message = key.clearSign("- one \n-----BEGIN\n\nFrom two\t\nthr\u00e4\n");
        OpenPgp.Signed signed = openPgp.verifyClear("it", message.getBytes(ISO_8859_1));
        assertEquals("- one\n-----BEGIN\n\nFrom two\nthr\u00e4\n", new String(signed.text(), ISO_8859_1));
        assertEquals(key.fingerprint(), signed.signer().fingerprint());
        String crlf = message.replace("\n", "\r\n");
        assertEquals(
                new String(signed.text(), UTF_8),
                new String(openPgp.verifyClear("it", crlf.getBytes(ISO_8859_1)).text(), UTF_8));
    }

    @Test
    void clearSignedTextThatWasChangedDoesNotFit() throws IOException {
        OpenPgp openPgp = openPgp(key.certificate());
        String message = key.clearSign("Suite: stable\n").replace("stable", "Stable");
        assertTrue(assertThrows(IOException.class, () -> openPgp.verifyClear("it", message.getBytes(UTF_8)))
                .getMessage()
                .contains("does not fit"));
        String binary = key.clearSign(PGPSignature.BINARY_DOCUMENT, "Suite: stable\n");
        assertTrue(assertThrows(IOException.class, () -> openPgp.verifyClear("it", binary.getBytes(UTF_8)))
                .getMessage()
                .contains("is of type 0"));
        assertEquals(
                "it is no clear-signed message: it does not begin with -----BEGIN PGP SIGNED MESSAGE-----",
                assertThrows(IOException.class, () -> openPgp.verifyClear("it", BYTES))
                        .getMessage());
    }

    private Signer verify(TestKey in, byte[] signature) throws IOException {
        return openPgp(in.certificate()).verify("it", BYTES, signature);
    }

    private String refusal(TestKey signing) {
        return refusal(signing, signing.sign(BYTES));
    }

    private String refusal(TestKey in, byte[] signature) {
        return assertThrows(IOException.class, () -> verify(in, signature)).getMessage();
    }

    private OpenPgp openPgp(byte[] keyring) throws IOException {
        return new OpenPgp(keyring(keyring), InstantSource.fixed(NOW));
    }

    private Keyring keyring(byte[] bytes) throws IOException {
        return Keyring.read(Files.write(folder.resolve("keyring"), bytes));
    }
}
