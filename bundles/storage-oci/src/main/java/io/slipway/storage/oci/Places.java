package io.slipway.storage.oci;

import io.slipway.image.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where digests were seen last, as far as that is remembered; and which were looked for in vain a moment ago, so that
 * nobody makes this server ask the registry again and again for what is not there.
 */
final class Places {

    private final Map<Digest, Place> places;
    private final Map<Digest, Long> absent;
    private final LongSupplier clock;
    private final long holds;

    /**
     * @param most that are remembered
     * @param clock nanoseconds, as {@link System#nanoTime}
     * @param holds how long an absence is believed, in nanoseconds
     */
    Places(int most, LongSupplier clock, long holds) {
        this.places = new Bounded<>(most);
        this.absent = new Bounded<>(most);
        this.clock = clock;
        this.holds = holds;
    }

    synchronized Optional<Place> of(Digest digest) {
        return Optional.ofNullable(places.get(digest));
    }

    synchronized void seen(Digest digest, Place place) {
        places.put(digest, place);
        absent.remove(digest);
    }

    synchronized void gone(Digest digest) {
        places.remove(digest);
    }

    synchronized void isNowhere(Digest digest) {
        absent.put(digest, clock.getAsLong() + holds);
    }

    synchronized boolean wasNowhere(Digest digest) {
        return absent.containsKey(digest) && absent.get(digest) - clock.getAsLong() > 0;
    }

    /** Forgets what was used least when there is too much. */
    private static final class Bounded<V> extends LinkedHashMap<Digest, V> {

        private static final long serialVersionUID = 1;

        private final int most;

        Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, V> eldest) {
            return size() > most;
        }
    }
}
