package io.slipway.disc.codec;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The directories that were looked into last, up to {@link Limits#CACHED_NAMES} names. */
final class DirectoryCache {

    /** What a directory costs beside its names, in names. */
    private static final int OVERHEAD = 4;

    private final Map<Long, Directory> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int cost;

    synchronized Optional<Directory> get(long folder) {
        return Optional.ofNullable(kept.get(folder));
    }

    synchronized void keep(long folder, Directory directory) {
        Directory former = kept.put(folder, directory);
        cost += cost(directory) - (former == null ? 0 : cost(former));
        Iterator<Directory> eldest = kept.values().iterator();
        while (cost > Limits.CACHED_NAMES && kept.size() > 1) {
            cost -= cost(eldest.next());
            eldest.remove();
        }
    }

    private static int cost(Directory directory) {
        return directory.names().size() + OVERHEAD;
    }
}
