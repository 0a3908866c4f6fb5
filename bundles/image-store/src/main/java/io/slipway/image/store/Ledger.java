package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TagMove;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the image store writes down in the state store: what each tag has named, which images are pinned, and when all
 * blobs were inspected the last time. A move is written before the tag is moved:
 * what a crash leaves is a step that did not happen, never one that is not known. Safe for use by many threads.
 */
final class Ledger {

    /** The steps that are kept of one tag. */
    static final int MOST = 200;

    private static final Key MOVES = Key.of("image", "history");
    private static final Key PINS = Key.of("image", "pin");
    private static final Key INSPECTED = Key.of("image", "inspected");
    private static final String REMOVED = "-";
    private static final int PATIENCE_SECONDS = 30;

    private final Supplier<Optional<StateStore>> states;

    Ledger(Supplier<Optional<StateStore>> states) {
        this.states = states;
    }

    /** The newest first. */
    List<TagMove> of(ImageRef ref) throws IOException {
        Optional<Entry> entry = state().get(key(ref));
        return entry.isPresent() ? parse(entry.get()) : List.of();
    }

    /** Every tag that has a history. */
    Map<ImageRef, List<TagMove>> all() throws IOException {
        Map<ImageRef, List<TagMove>> all = new TreeMap<>();
        try (Snapshot snapshot = state().scan(MOVES)) {
            for (Entry entry : snapshot) {
                all.put(ref(entry.key()), parse(entry));
            }
        }
        return all;
    }

    /** Durable when this returns. */
    synchronized void add(ImageRef ref, TagMove move) throws IOException {
        List<TagMove> moves = new ArrayList<>();
        moves.add(move);
        moves.addAll(of(ref));
        String text = moves.stream().limit(MOST).map(Ledger::line).collect(Collectors.joining("\n"));
        commit(Transaction.put(key(ref), text.getBytes(US_ASCII)));
    }

    synchronized void forget(ImageRef ref) throws IOException {
        commit(Transaction.builder().delete(key(ref)).build());
    }

    Set<Digest> pins() throws IOException {
        Set<Digest> pins = new TreeSet<>((one, other) -> one.hex().compareTo(other.hex()));
        try (Snapshot snapshot = state().scan(PINS)) {
            for (Entry entry : snapshot) {
                pins.add(new Digest(entry.key().name()));
            }
        }
        return pins;
    }

    void pin(Digest manifest) throws IOException {
        commit(Transaction.put(PINS.child(manifest.hex()), new byte[0]));
    }

    /**
     * Lets a pinned image go.
     *
     * @return whether it was pinned
     */
    boolean unpin(Digest manifest) throws IOException {
        boolean was = state().get(PINS.child(manifest.hex())).isPresent();
        if (was) {
            commit(Transaction.builder().delete(PINS.child(manifest.hex())).build());
        }
        return was;
    }

    /** When the last inspection of all blobs was over; empty before the first. */
    Optional<Instant> inspected() throws IOException {
        Optional<Entry> entry = state().get(INSPECTED);
        try {
            return entry.map(record -> Instant.parse(new String(record.bytes(), US_ASCII)));
        } catch (DateTimeException e) {
            throw new IOException("the state store's record " + INSPECTED + " is damaged", e);
        }
    }

    void inspected(Instant time) throws IOException {
        commit(Transaction.put(INSPECTED, time.toString().getBytes(US_ASCII)));
    }

    /**
     * The steps that happened: those before the one that says what the tag names now were written and not done.
     *
     * @param moves the newest first
     * @param now what the tag names
     */
    static List<TagMove> effective(List<TagMove> moves, Optional<Digest> now) {
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).manifest().equals(now)) {
                return moves.subList(i, moves.size());
            }
        }
        if (moves.isEmpty() && now.isEmpty()) {
            return moves;
        }
        // Moved by somebody else, for example in a registry, when is not known; or what was written first never
        // happened.
        Instant since = now.isPresent() ? Instant.EPOCH : moves.get(0).time();
        List<TagMove> all = new ArrayList<>();
        all.add(new TagMove(since, now));
        all.addAll(moves);
        return all;
    }

    private StateStore state() throws IOException {
        return states.get()
                .orElseThrow(() -> new IOException("no state store is active, so that the history of tags cannot be"
                        + " kept; start slipway-state-embedded, or look in the log why it did not start"));
    }

    private void commit(Transaction transaction) throws IOException {
        try {
            state().commit(transaction).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "the history of tags cannot be written: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the history of tags was not written within " + PATIENCE_SECONDS + " s; look at the disk of the"
                            + " state store",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the history of a tag was written");
        }
    }

    private static Key key(ImageRef ref) {
        return new Key(MOVES.path() + "/" + ref.name() + "/" + ref.tag());
    }

    private static ImageRef ref(Key key) {
        String path = key.path().substring(MOVES.path().length() + 1);
        int cut = path.lastIndexOf('/');
        return new ImageRef(path.substring(0, cut), path.substring(cut + 1));
    }

    private static String line(TagMove move) {
        return move.time() + " " + move.manifest().map(Digest::toString).orElse(REMOVED);
    }

    private static List<TagMove> parse(Entry entry) throws IOException {
        List<TagMove> moves = new ArrayList<>();
        for (String line : new String(entry.bytes(), US_ASCII).split("\n", -1)) {
            int blank = line.indexOf(' ');
            try {
                String named = line.substring(blank + 1);
                Optional<Digest> manifest = named.equals(REMOVED) ? Optional.empty() : Optional.of(Digest.parse(named));
                moves.add(new TagMove(Instant.parse(line.substring(0, Math.max(blank, 0))), manifest));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IOException("the state store's record " + entry.key() + " is damaged: '" + line + "'", e);
            }
        }
        return moves;
    }
}
