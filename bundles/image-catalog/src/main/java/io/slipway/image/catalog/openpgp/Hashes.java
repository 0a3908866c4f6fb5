package io.slipway.image.catalog.openpgp;

import java.util.Map;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPSignature;

/** Which hash algorithms a signature may be made with (RFC 9580 section 9.5). */
final class Hashes {

    private static final Map<Integer, String> TRUSTED = Map.of(
            HashAlgorithmTags.SHA224, "SHA-224",
            HashAlgorithmTags.SHA256, "SHA-256",
            HashAlgorithmTags.SHA384, "SHA-384",
            HashAlgorithmTags.SHA512, "SHA-512",
            HashAlgorithmTags.SHA3_256, "SHA3-256",
            HashAlgorithmTags.SHA3_512, "SHA3-512");

    private static final Map<Integer, String> BROKEN = Map.of(
            HashAlgorithmTags.MD5, "MD5",
            HashAlgorithmTags.SHA1, "SHA-1",
            HashAlgorithmTags.RIPEMD160, "RIPEMD-160");

    private Hashes() {}

    static boolean isTrusted(PGPSignature signature) {
        return TRUSTED.containsKey(signature.getHashAlgorithm());
    }

    /** For a message. */
    static String name(PGPSignature signature) {
        int algorithm = signature.getHashAlgorithm();
        return BROKEN.getOrDefault(algorithm, TRUSTED.getOrDefault(algorithm, "hash algorithm " + algorithm));
    }
}
