package io.slipway.image.catalog.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Verifies signatures against the keys of a keyring. Of several signatures one is enough that is good and of a key of the
 * keyring; one of such a key that does not fit the bytes refuses them all the same.
 */
public final class OpenPgp {

    /** The longest signature that is read, in bytes. */
    public static final int LONGEST_SIGNATURE = 64 << 10;

    private static final Set<Integer> DOCUMENTS =
            Set.of(PGPSignature.BINARY_DOCUMENT, PGPSignature.CANONICAL_TEXT_DOCUMENT);

    private static final Set<Integer> TEXTS = Set.of(PGPSignature.CANONICAL_TEXT_DOCUMENT);

    private final Keyring keyring;
    private final InstantSource clock;

    public OpenPgp(Keyring keyring, InstantSource clock) {
        this.keyring = Objects.requireNonNull(keyring, "keyring");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** What was signed, and by whom. */
    @SuppressWarnings("ArrayRecordComponent") // handed on to be parsed; never compared
    public record Signed(byte[] text, Signer signer) {}

    /**
     * Verifies a detached signature, armored or not.
     *
     * @param what is signed, for messages
     * @throws IOException the signature cannot be read, is of no key of the keyring, does not fit, or may not be trusted
     */
    public Signer verify(String what, byte[] bytes, byte[] signature) throws IOException {
        return verify(what, bytes, read(what, detached(what, signature)), DOCUMENTS);
    }

    /**
     * Verifies a clear-signed message (RFC 9580 section 7) and gives the text of it that is signed.
     *
     * @throws IOException as above, or the message is none
     */
    public Signed verifyClear(String what, byte[] message) throws IOException {
        ClearSigned parsed;
        try {
            parsed = ClearSigned.parse(message);
        } catch (IOException e) {
            throw new IOException(what + " is no clear-signed message: " + e.getMessage(), e);
        }
        Signer signer = verify(what, parsed.canonical(), read(what, parsed.signatures()), TEXTS);
        return new Signed(parsed.text(), signer);
    }

    private static List<byte[]> detached(String what, byte[] signature) throws IOException {
        if (signature.length > LONGEST_SIGNATURE) {
            throw new IOException("the signature of " + what + " is longer than " + LONGEST_SIGNATURE + " bytes");
        }
        try {
            return Armor.isBinary(signature)
                    ? List.of(signature)
                    : Armor.decode(new String(signature, ISO_8859_1), "SIGNATURE");
        } catch (IOException e) {
            throw unreadable(what, e);
        }
    }

    private static List<PGPSignature> read(String what, List<byte[]> blocks) throws IOException {
        List<PGPSignature> signatures = new ArrayList<>();
        try {
            for (byte[] block : blocks) {
                signatures.addAll(Packets.signatures(block));
            }
            if (signatures.size() > Packets.MAX_SIGNATURES) {
                throw new IOException("there are more than " + Packets.MAX_SIGNATURES);
            }
        } catch (IOException e) {
            throw unreadable(what, e);
        }
        return signatures;
    }

    private static IOException unreadable(String what, IOException e) {
        return new IOException("the signature of " + what + " cannot be read: " + e.getMessage(), e);
    }

    private Signer verify(String what, byte[] bytes, List<PGPSignature> signatures, Set<Integer> types)
            throws IOException {
        Instant now = clock.instant();
        List<Signer> good = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        for (PGPSignature signature : signatures) {
            String keyId = "%016X".formatted(signature.getKeyID());
            List<PGPPublicKeyRing> known = keyring.with(signature.getKeyID());
            Optional<String> refusal = refusal(signature, types, now);
            if (known.isEmpty()) {
                strangers.add(keyId);
            } else if (refusal.isPresent()) {
                refused.add("that by key ID " + keyId + " " + refusal.get());
            } else {
                List<PGPPublicKeyRing> signers = known.stream()
                        .filter(found -> fits(signature, found.getPublicKey(signature.getKeyID()), bytes))
                        .toList();
                if (signers.isEmpty()) {
                    throw new IOException("the signature of " + what + " does not fit: its bytes are not those that the"
                            + " key with ID " + keyId + " has signed; fetch it again, or from another mirror");
                }
                Optional<String> unusable = unusable(signature, signers, now);
                unusable.ifPresent(why -> refused.add("that by key ID " + keyId + " is worth nothing: " + why));
                if (unusable.isEmpty()) {
                    good.add(new Signer(
                            Keyring.fingerprint(signers.get(0).getPublicKey()), SignatureTime.made(signature)));
                }
            }
        }
        if (good.isEmpty()) {
            throw refused(what, refused, strangers);
        }
        return good.get(0);
    }

    private IOException refused(String what, List<String> refused, List<String> strangers) {
        if (!refused.isEmpty()) {
            return new IOException("no signature of " + what + " may be trusted: " + String.join("; ", refused));
        }
        return strangers.isEmpty()
                ? new IOException("the signature of " + what + " is of no kind that is known here")
                : new IOException("the signature of " + what + " is not of any key in " + keyring.name()
                        + " that may sign it (made by key ID " + String.join(", ", strangers) + ")");
    }

    private static Optional<String> refusal(PGPSignature signature, Set<Integer> types, Instant now) {
        if (!types.contains(signature.getSignatureType())) {
            return Optional.of("is of type " + signature.getSignatureType() + ", which signs no such file");
        }
        if (!SignatureTime.isUnderstood(signature)) {
            return Optional.of("is of an old version, or says what must be understood and is not");
        }
        if (!Hashes.isTrusted(signature)) {
            return Optional.of("is made with " + Hashes.name(signature) + ", which can be forged");
        }
        if (SignatureTime.isOfTheFuture(signature, now)) {
            return Optional.of(
                    "was made in the future, on " + SignatureTime.made(signature) + "; set the clock of this host");
        }
        return SignatureTime.hasExpired(signature, now)
                ? Optional.of("has expired; it was made on " + SignatureTime.made(signature))
                : Optional.empty();
    }

    /** A key may be in the keyring twice, once as it was before it was revoked: each copy must allow it. */
    private static Optional<String> unusable(PGPSignature signature, List<PGPPublicKeyRing> signers, Instant now) {
        return signers.stream()
                .flatMap(keys -> new Certificate(keys, now)
                        .refusal(keys.getPublicKey(signature.getKeyID()), SignatureTime.made(signature)).stream())
                .findFirst();
    }

    private static boolean fits(PGPSignature signature, PGPPublicKey key, byte[] bytes) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), key);
            signature.update(bytes);
            return signature.verify();
        } catch (PGPException | RuntimeException e) {
            // Such as numbers that no such key makes: it does not fit.
            return false;
        }
    }
}
