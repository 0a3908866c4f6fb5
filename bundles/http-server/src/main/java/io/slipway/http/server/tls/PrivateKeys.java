package io.slipway.http.server.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads private keys of the formats that files have: PKCS#8 (RFC 5208), and those before it, which name no algorithm:
 * PKCS#1 for RSA (RFC 8017 appendix A.1.2) and SEC 1 for elliptic curves (RFC 5915). Nothing that it throws or says has
 * any of the key in it.
 */
final class PrivateKeys {

    private static final byte[] VERSION_0 = {2, 1, 0};
    /** rsaEncryption, with NULL for its parameters (RFC 8017 appendix A.1). */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** id-ecPublicKey (RFC 5480 section 2.1.1). */
    private static final byte[] ELLIPTIC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PrivateKeys() {}

    /**
     * @param algorithm of the certificate that it is to belong to, {@code RSA} or {@code EC}
     * @throws GeneralSecurityException when it is no key of that algorithm
     */
    static PrivateKey read(PemBlock block, String algorithm) throws GeneralSecurityException {
        byte[] key = block.bytes();
        byte[] wrapped =
                switch (block.label()) {
                    case "RSA PRIVATE KEY" -> sequence(VERSION_0, RSA, element(OCTETS, key));
                    case "EC PRIVATE KEY" -> sequence(VERSION_0, sequence(ELLIPTIC, curve(key)), element(OCTETS, key));
                    default -> key;
                };
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    }

    /** The curve's name out of {@code SEQUENCE { version, privateKey, [0] parameters, … }}. */
    private static byte[] curve(byte[] key) throws GeneralSecurityException {
        int at = contentAt(key, 0);
        while (at < key.length) {
            int content = contentAt(key, at);
            int end = content + lengthAt(key, at);
            if ((key[at] & 0xff) == PARAMETERS && end <= key.length) {
                return Arrays.copyOfRange(key, content, end);
            }
            at = end;
        }
        throw new GeneralSecurityException("an EC PRIVATE KEY that does not name its curve");
    }

    private static int contentAt(byte[] der, int element) throws GeneralSecurityException {
        int first = byteAt(der, element + 1);
        return element + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int lengthAt(byte[] der, int element) throws GeneralSecurityException {
        int first = byteAt(der, element + 1);
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < first - 0x80; i++) {
            length = length << 8 | byteAt(der, element + 2 + i);
            if (length > der.length) {
                throw new GeneralSecurityException("a key that is cut off");
            }
        }
        return length;
    }

    private static int byteAt(byte[] der, int index) throws GeneralSecurityException {
        if (index >= der.length) {
            throw new GeneralSecurityException("a key that is cut off");
        }
        return der[index] & 0xff;
    }

    private static byte[] sequence(byte[]... elements) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            content.writeBytes(element);
        }
        return element(SEQUENCE, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream(content.length + 4);
        element.write(tag);
        // In the shortest form (X.690 section 10.1).
        if (content.length >= 0x100) {
            element.write(0x82);
            element.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            element.write(0x81);
        }
        element.write(content.length);
        element.writeBytes(content);
        return element.toByteArray();
    }
}
