package io.slipway.image.catalog.openpgp;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/** What a signature says of itself in the part of it that is signed, too. */
final class SignatureTime {

    /** How far the clocks of this host and of the signer may be apart. */
    static final Duration SKEW = Duration.ofMinutes(10);

    /** Only version 4 and later have signed subpackets (RFC 9580 section 5.2.2). */
    static final int OLDEST_VERSION = 4;

    /** RFC 9580 section 5.2.3.7: those that are understood here, or that change nothing for who only verifies. */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            SignatureSubpacketTags.CREATION_TIME,
            SignatureSubpacketTags.EXPIRE_TIME,
            SignatureSubpacketTags.EXPORTABLE,
            SignatureSubpacketTags.REVOCABLE,
            SignatureSubpacketTags.KEY_EXPIRE_TIME,
            SignatureSubpacketTags.PREFERRED_SYM_ALGS,
            SignatureSubpacketTags.REVOCATION_KEY,
            SignatureSubpacketTags.ISSUER_KEY_ID,
            SignatureSubpacketTags.PREFERRED_HASH_ALGS,
            SignatureSubpacketTags.PREFERRED_COMP_ALGS,
            SignatureSubpacketTags.KEY_SERVER_PREFS,
            SignatureSubpacketTags.PREFERRED_KEY_SERV,
            SignatureSubpacketTags.PRIMARY_USER_ID,
            SignatureSubpacketTags.POLICY_URL,
            SignatureSubpacketTags.KEY_FLAGS,
            SignatureSubpacketTags.SIGNER_USER_ID,
            SignatureSubpacketTags.REVOCATION_REASON,
            SignatureSubpacketTags.FEATURES,
            SignatureSubpacketTags.EMBEDDED_SIGNATURE,
            SignatureSubpacketTags.ISSUER_FINGERPRINT);

    private SignatureTime() {}

    static Instant made(PGPSignature signature) {
        return signature.getCreationTime().toInstant();
    }

    /** Whether it says when it was made, and nothing that this implementation does not know and must (5.2.3.7). */
    static boolean isUnderstood(PGPSignature signature) {
        if (signature.getVersion() < OLDEST_VERSION || signature.getHashedSubPackets() == null) {
            return false;
        }
        PGPSignatureSubpacketVector signed = signature.getHashedSubPackets();
        return signed.hasSubpacket(SignatureSubpacketTags.CREATION_TIME)
                && Arrays.stream(signed.toArray())
                        .filter(SignatureSubpacket::isCritical)
                        .allMatch(subpacket -> UNDERSTOOD.contains(subpacket.getType()));
    }

    static boolean isOfTheFuture(PGPSignature signature, Instant now) {
        return made(signature).isAfter(now.plus(SKEW));
    }

    /** RFC 9580 section 5.2.3.18: seconds after it was made; 0 is never. */
    static boolean hasExpired(PGPSignature signature, Instant now) {
        long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
        return seconds > 0 && !made(signature).plusSeconds(seconds).isAfter(now);
    }
}
