package io.slipway.image.catalog.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;

/** Cuts OpenPGP packets apart (RFC 9580 section 4.2), so that a signature that nobody here knows spoils no other. */
final class Packets {

    /** Of one file; a release of Debian has three signatures. */
    static final int MAX_SIGNATURES = 16;

    /** Marker and padding: to be passed over (RFC 9580 sections 5.8 and 5.14). */
    private static final Set<Integer> PASSED_OVER = Set.of(10, 21);

    private static final int INDETERMINATE = 3;

    private Packets() {}

    /**
     * The signatures of a sequence of packets; one of a version or an algorithm that is not known is passed over.
     *
     * @throws IOException these are no packets, or others than signatures, or too many
     */
    static List<PGPSignature> signatures(byte[] bytes) throws IOException {
        List<PGPSignature> signatures = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int packets = 0;
        while (in.hasRemaining()) {
            if (++packets > MAX_SIGNATURES) {
                throw new IOException("it has more than " + MAX_SIGNATURES + " packets");
            }
            int start = in.position();
            int tag = skip(in);
            if (tag == PacketTags.SIGNATURE) {
                signature(Arrays.copyOfRange(bytes, start, in.position())).ifPresent(signatures::add);
            } else if (!PASSED_OVER.contains(tag)) {
                throw new IOException("it has a packet of type " + tag + " where a signature was expected");
            }
        }
        return signatures;
    }

    /** Moves behind the next packet and tells its type. */
    private static int skip(ByteBuffer in) throws IOException {
        try {
            int header = in.get() & 0xff;
            if ((header & 0x80) == 0) {
                throw new IOException("it is no sequence of OpenPGP packets");
            }
            boolean isNewFormat = (header & 0x40) != 0;
            long length = isNewFormat ? length(in) : formerLength(in, header & 3);
            if (length > in.remaining()) {
                throw new IOException("it is cut short");
            }
            in.position(in.position() + (int) length);
            return isNewFormat ? header & 0x3f : (header >> 2) & 0xf;
        } catch (BufferUnderflowException e) {
            throw new IOException("it is cut short", e);
        }
    }

    /** RFC 9580 section 4.2.1. */
    private static long length(ByteBuffer in) throws IOException {
        int first = in.get() & 0xff;
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192L) << 8) + (in.get() & 0xff) + 192;
        }
        if (first == 255) {
            return in.getInt() & 0xffff_ffffL;
        }
        throw new IOException("it has a packet in parts, which signatures do not come in");
    }

    /** RFC 9580 section 4.2.2. */
    private static long formerLength(ByteBuffer in, int type) throws IOException {
        return switch (type) {
            case 0 -> in.get() & 0xff;
            case 1 -> in.getShort() & 0xffff;
            case 2 -> in.getInt() & 0xffff_ffffL;
            case INDETERMINATE -> throw new IOException("it has a packet without a length");
            default -> throw new IllegalArgumentException("length type " + type);
        };
    }

    private static Optional<PGPSignature> signature(byte[] packet) {
        try {
            return Optional.of(new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(packet))));
        } catch (IOException | PGPException | RuntimeException e) {
            // Of another version, or broken: as good as none (RFC 9580 section 5.2.5).
            return Optional.empty();
        }
    }
}
