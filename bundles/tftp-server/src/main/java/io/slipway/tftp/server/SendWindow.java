package io.slipway.tftp.server;

/**
 * Which blocks of a transfer were sent and which acknowledged: lock-step with a window of one block (RFC 1350), several
 * blocks before each ACK with a larger one (RFC 7440). Block 0 is the OACK. Blocks count on where the number on the wire
 * wraps. Times are as {@link System#nanoTime} counts.
 *
 * <p>A repeated ACK sends nothing in lock-step, where it would double every packet from there on (RFC 1123 section
 * 4.2.3.1, the sorcerer's apprentice). In a window it is how a client says that the first block of it was lost, and is
 * believed once a window.
 *
 * <p>A client that has agreed to a window acknowledges only when it has all of it, so a window cannot be made smaller.
 * For a client that loses packets it is sent in smaller bursts with a pause between them.
 */
final class SendWindow {

    /** What an ACK has changed. */
    enum Progress {
        /** Nothing is to be sent. */
        NONE,
        /** There may be blocks to send: {@link #burst}. */
        FORWARD,
        /** The last block was acknowledged. */
        COMPLETE
    }

    private static final int NUMBERS = 0xffff;

    private final long lastBlock;
    private final int size;
    private final RoundTrip roundTrip;

    private long acknowledged;
    private long sent;
    /** Blocks that are sent without a pause between. */
    private int burstSize;
    /** When the first and the latest blocks beyond {@link #acknowledged} were sent. */
    private long firstSentAt;

    private long latestSentAt;
    /** Whether something was sent twice since the last progress: an ACK may belong to either (Karn's rule). */
    private boolean isAmbiguous;
    /** Whether a repeated ACK was believed since the last progress. */
    private boolean isRepeatBelieved;

    /**
     * @param lastBlock the number of the block that is shorter than the others, and ends the file
     * @param size blocks in a window, 1 to 65535
     * @param hasOack whether the client first acknowledges block 0
     */
    SendWindow(long lastBlock, int size, boolean hasOack, RoundTrip roundTrip) {
        this.lastBlock = lastBlock;
        this.size = size;
        this.roundTrip = roundTrip;
        this.burstSize = size;
        acknowledged = hasOack ? -1 : 0;
        sent = acknowledged;
    }

    /** The last block that the client has acknowledged; -1 before it has the OACK. */
    long acknowledged() {
        return acknowledged;
    }

    /** The last block that was sent and not taken back. */
    long sent() {
        return sent;
    }

    /** When something was sent last. */
    long sentAt() {
        return latestSentAt;
    }

    /** How many blocks after {@link #sent} are to be sent now. */
    int burst() {
        return (int) Math.min(burstSize, ahead());
    }

    /** Whether blocks of this window are left for after a pause. */
    boolean hasMore() {
        return ahead() > 0;
    }

    private long ahead() {
        // The OACK stands alone: data follows its ACK.
        long end = acknowledged < 0 ? 0 : Math.min(acknowledged + size, lastBlock);
        return end - sent;
    }

    /** Blocks were sent. */
    void sent(int count, long now) {
        if (sent == acknowledged) {
            firstSentAt = now;
        }
        latestSentAt = now;
        sent += count;
    }

    /** An ACK has come, with the low 16 bits of the number of a block. */
    Progress acknowledged(int number, long now) {
        long block = acknowledged + (number - acknowledged & NUMBERS);
        if (block > sent) {
            return Progress.NONE;
        }
        if (block == acknowledged) {
            return repeated(now);
        }
        boolean isGap = block < sent;
        acknowledged = block;
        isRepeatBelieved = false;
        if (isGap && !mayBeOfAnEarlierFlight(now)) {
            goBack();
        } else if (!isGap) {
            if (!isAmbiguous) {
                roundTrip.took(now - latestSentAt);
            }
            isAmbiguous = false;
            burstSize = Math.min(size, burstSize + 1);
        }
        return block == lastBlock ? Progress.COMPLETE : Progress.FORWARD;
    }

    /**
     * Blocks that were taken back and sent again are acknowledged as well as their first sending. Were each such ACK
     * answered, every flight of blocks would beget another, for the rest of the transfer; so what comes sooner than an
     * answer usually does takes nothing back.
     */
    private boolean mayBeOfAnEarlierFlight(long now) {
        return isAmbiguous && now - firstSentAt < roundTrip.smoothed();
    }

    /** An ACK that crossed the window on its way is sooner back than any answer to it. */
    private Progress repeated(long now) {
        boolean isTooSoon = now - firstSentAt < roundTrip.shortest() || mayBeOfAnEarlierFlight(now);
        if (size == 1 || sent == acknowledged || isRepeatBelieved || isTooSoon) {
            return Progress.NONE;
        }
        isRepeatBelieved = true;
        goBack();
        return Progress.FORWARD;
    }

    /** Nothing came back in time: what was not acknowledged is sent again. */
    void silence() {
        goBack();
    }

    private void goBack() {
        sent = acknowledged;
        isAmbiguous = true;
        burstSize = Math.max(1, burstSize / 2);
    }
}
