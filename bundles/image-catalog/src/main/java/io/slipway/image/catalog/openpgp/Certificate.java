package io.slipway.image.catalog.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * A primary key with its subkeys, at a moment: which of them may sign is said by the signatures that the keys bear (RFC
 * 9580 section 10.1), each of which is verified before it counts. A revocation by a third key is not looked for: it is
 * deprecated (section 5.2.3.23). A key that is revoked is so for all of the past, whatever the reason.
 */
final class Certificate {

    /** Of RSA and DSA, in bits: shorter ones have been broken, or soon are. */
    static final int SHORTEST = 2048;

    /** RFC 9580 section 9.1: nobody makes such a key any more, but there are some. */
    private static final int RSA_ONLY_TO_SIGN = 3;

    private static final Set<Integer> SHORT_ONES_ARE_WEAK =
            Set.of(PublicKeyAlgorithmTags.RSA_GENERAL, RSA_ONLY_TO_SIGN, PublicKeyAlgorithmTags.DSA);

    private static final Set<Integer> CERTIFICATIONS = Set.of(
            PGPSignature.DEFAULT_CERTIFICATION,
            PGPSignature.NO_CERTIFICATION,
            PGPSignature.CASUAL_CERTIFICATION,
            PGPSignature.POSITIVE_CERTIFICATION);

    /** Verifies over what the signature is about. */
    private interface Claim {
        boolean holds(PGPSignature signature) throws PGPException;
    }

    private final PGPPublicKey primary;
    private final Instant now;

    Certificate(PGPPublicKeyRing keys, Instant now) {
        this.primary = keys.getPublicKey();
        this.now = now;
    }

    String fingerprint() {
        return Keyring.fingerprint(primary);
    }

    /** Why a key of this certificate may not have signed something then; empty when it may. */
    Optional<String> refusal(PGPPublicKey key, Instant signed) {
        boolean isPrimary = key.getKeyID() == primary.getKeyID();
        return Stream.of(
                        refusalOfPrimary(isPrimary),
                        isPrimary ? Optional.<String>empty() : refusalOfSubkey(key),
                        refusalOfKey(key, signed))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> refusalOfPrimary(boolean signs) {
        Claim aboutKey = signature -> signature.verifyCertification(primary);
        if (bearsValid(primary, PGPSignature.KEY_REVOCATION, aboutKey)) {
            return Optional.of("that key is revoked");
        }
        Optional<PGPSignature> direct =
                newest(signatures(primary.getKeySignatures(), Set.of(PGPSignature.DIRECT_KEY)), aboutKey);
        Optional<PGPSignature> named = newestOfUserIds();
        List<PGPSignature> own =
                Stream.of(named, direct).flatMap(Optional::stream).toList();
        if (own.isEmpty()) {
            return Optional.of("that key has no signature of its own that may be trusted");
        }
        for (PGPSignature signature : own) {
            Optional<String> expired = expiry(primary, signature);
            if (expired.isPresent()) {
                return expired;
            }
        }
        return signs && !own.stream().allMatch(Certificate::allowsSigning)
                ? Optional.of("that key is not for signing")
                : Optional.empty();
    }

    private Optional<String> refusalOfSubkey(PGPPublicKey key) {
        Claim aboutBoth = signature -> signature.verifyCertification(primary, key);
        if (bearsValid(key, PGPSignature.SUBKEY_REVOCATION, aboutBoth)) {
            return Optional.of("that subkey is revoked");
        }
        Optional<PGPSignature> binding =
                newest(signatures(key.getSignatures(), Set.of(PGPSignature.SUBKEY_BINDING)), aboutBoth);
        if (binding.isEmpty()) {
            return Optional.of("that subkey is not bound to its primary key");
        }
        if (!allowsSigning(binding.get())) {
            return Optional.of("that subkey is not for signing");
        }
        if (!isBoundBack(binding.get(), key)) {
            return Optional.of("that subkey does not say that it belongs to its primary key");
        }
        return expiry(key, binding.get());
    }

    private static Optional<String> refusalOfKey(PGPPublicKey key, Instant signed) {
        if (SHORT_ONES_ARE_WEAK.contains(key.getAlgorithm()) && key.getBitStrength() < SHORTEST) {
            return Optional.of(
                    "that key has " + key.getBitStrength() + " bits; at least " + SHORTEST + " are expected");
        }
        return key.getCreationTime().toInstant().isAfter(signed)
                ? Optional.of("that key was made after it")
                : Optional.empty();
    }

    private Optional<PGPSignature> newestOfUserIds() {
        List<PGPSignature> newest = new ArrayList<>();
        for (byte[] id : iterable(primary.getRawUserIDs())) {
            Claim aboutId = signature -> signature.verifyCertification(id, primary);
            List<PGPSignature> all = signatures(primary.getSignaturesForID(id), CERTIFICATIONS);
            List<PGPSignature> revocations =
                    signatures(primary.getSignaturesForID(id), Set.of(PGPSignature.CERTIFICATION_REVOCATION)).stream()
                            .filter(signature -> verifies(signature, primary, aboutId))
                            .toList();
            newest(all, aboutId)
                    .filter(found -> revocations.stream()
                            .noneMatch(revoked -> !SignatureTime.made(revoked).isBefore(SignatureTime.made(found))))
                    .ifPresent(newest::add);
        }
        return newest.stream().max(Comparator.comparing(SignatureTime::made));
    }

    /** A revocation counts with any hash: who forges one does no more than keep machines from being installed. */
    private boolean bearsValid(PGPPublicKey key, int type, Claim claim) {
        return signatures(key.getSignatures(), Set.of(type)).stream()
                .anyMatch(signature -> verifies(signature, primary, claim));
    }

    /** The primary key's last word: the newest of its signatures that may be trusted. */
    private Optional<PGPSignature> newest(List<PGPSignature> signatures, Claim claim) {
        return signatures.stream()
                .filter(SignatureTime::isUnderstood)
                .filter(Hashes::isTrusted)
                .filter(signature -> !SignatureTime.isOfTheFuture(signature, now))
                .filter(signature -> !SignatureTime.hasExpired(signature, now))
                .filter(signature -> verifies(signature, primary, claim))
                .max(Comparator.comparing(SignatureTime::made));
    }

    /** RFC 9580 section 5.2.3.13: seconds after the key was made; 0 is never. */
    private Optional<String> expiry(PGPPublicKey key, PGPSignature signature) {
        long seconds = signature.getHashedSubPackets().getKeyExpirationTime();
        Instant end = key.getCreationTime().toInstant().plusSeconds(seconds);
        return seconds > 0 && !end.isAfter(now) ? Optional.of("that key has expired on " + end) : Optional.empty();
    }

    /** RFC 9580 section 5.2.3.29. */
    private static boolean allowsSigning(PGPSignature signature) {
        PGPSignatureSubpacketVector signed = signature.getHashedSubPackets();
        return !signed.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                || (signed.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
    }

    /** RFC 9580 section 10.1.5: else whoever has a key could call another's subkey his own. */
    private boolean isBoundBack(PGPSignature binding, PGPPublicKey subkey) {
        List<PGPSignature> embedded = new ArrayList<>();
        try {
            binding.getHashedSubPackets().getEmbeddedSignatures().forEach(embedded::add);
            if (binding.getUnhashedSubPackets() != null) {
                binding.getUnhashedSubPackets().getEmbeddedSignatures().forEach(embedded::add);
            }
        } catch (PGPException | RuntimeException e) {
            // What cannot be read binds nothing.
            return false;
        }
        return embedded.stream()
                .filter(signature -> signature.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING)
                .filter(SignatureTime::isUnderstood)
                .filter(Hashes::isTrusted)
                .anyMatch(signature ->
                        verifies(signature, subkey, claimed -> claimed.verifyCertification(primary, subkey)));
    }

    private static boolean verifies(PGPSignature signature, PGPPublicKey key, Claim claim) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            return claim.holds(signature);
        } catch (PGPException | RuntimeException e) {
            // Broken, or of an algorithm that is not known: as good as none.
            return false;
        }
    }

    private static List<PGPSignature> signatures(Iterator<PGPSignature> signatures, Set<Integer> types) {
        return StreamSupport.stream(iterable(signatures).spliterator(), false)
                .filter(signature -> types.contains(signature.getSignatureType()))
                .toList();
    }

    private static <T> Iterable<T> iterable(Iterator<T> iterator) {
        return () -> iterator;
    }
}
