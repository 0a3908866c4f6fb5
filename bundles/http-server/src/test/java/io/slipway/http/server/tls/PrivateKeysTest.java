package io.slipway.http.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivateKeysTest {

    private static final PrivateKey RSA = TestCertificate.rsa().key();
    private static final ECPrivateKey EC = (ECPrivateKey) TestCertificate.ec().key();

    /** What PKCS#8 wraps: version, algorithm and the head of an octet string are 26 bytes for RSA of 2048 bits. */
    private static byte[] pkcs1() {
        byte[] wrapped = RSA.getEncoded();
        return Arrays.copyOfRange(wrapped, 26, wrapped.length);
    }

    /** As RFC 5915 section 3 has it, with the name of the curve P-256 and without the public key. */
    private static byte[] sec1() {
        String number = String.format("%064x", EC.getS());
        return HexFormat.of().parseHex("3031" + "020101" + "0420" + number + "a00a06082a8648ce3d030107");
    }

    private static PrivateKey read(String label, byte[] bytes, String algorithm) throws GeneralSecurityException {
        PemBlock block = PemBlock.in(TestCertificate.pem(label, bytes).getBytes(US_ASCII))
                .get(0);
        return PrivateKeys.read(block, algorithm);
    }

    @Test
    void eachFormat() throws Exception {
        assertEquals(RSA, read("PRIVATE KEY", RSA.getEncoded(), "RSA"));
        assertEquals(RSA, read("RSA PRIVATE KEY", pkcs1(), "RSA"));
        assertEquals(EC, read("PRIVATE KEY", EC.getEncoded(), "EC"));
        assertEquals(EC.getS(), ((ECPrivateKey) read("EC PRIVATE KEY", sec1(), "EC")).getS());
    }

    @Test
    void anotherAlgorithm() {
        assertThrows(GeneralSecurityException.class, () -> read("PRIVATE KEY", RSA.getEncoded(), "EC"));
        assertThrows(GeneralSecurityException.class, () -> read("RSA PRIVATE KEY", pkcs1(), "EC"));
        assertThrows(GeneralSecurityException.class, () -> read("EC PRIVATE KEY", sec1(), "RSA"));
    }

    @Test
    void withoutACurve() {
        byte[] key = sec1();
        key[key.length - 12] = 0x04;
        assertThrows(GeneralSecurityException.class, () -> read("EC PRIVATE KEY", key, "EC"));
    }

    @Test
    void cutOffAnywhere() {
        for (byte[] whole : List.of(pkcs1(), sec1())) {
            String label = whole.length > 100 ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(GeneralSecurityException.class, () -> read(label, cut, label.split(" ")[0]));
            }
        }
    }

    @Test
    void blocksAmongOtherText() {
        String text =
                "subject: x\r\n-----BEGIN EC PARAMETERS-----\r\nBggqhkjOPQMBBw==\r\n-----END EC PARAMETERS-----\r\n"
                        + TestCertificate.pem("EC PRIVATE KEY", sec1()) + "-----BEGIN CERTIFICATE-----\nhalf";
        assertEquals(
                List.of("EC PARAMETERS", "EC PRIVATE KEY"),
                PemBlock.in(text.getBytes(US_ASCII)).stream()
                        .map(PemBlock::label)
                        .toList());
    }
}
