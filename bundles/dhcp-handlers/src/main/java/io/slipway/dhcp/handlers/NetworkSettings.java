package io.slipway.dhcp.handlers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version of each file serves: the newest that is sound by itself and fits the others, which is the former one of
 * a file that is refused. What did not fit is tried again whenever another file changes. Not safe for use by several
 * threads.
 */
final class NetworkSettings {

    static final List<String> KINDS = List.of(SubnetFile.PID);

    private static final Logger LOG = LoggerFactory.getLogger(NetworkFiles.class);

    /**
     * A file and what kind it is.
     *
     * @param kind one of {@link #KINDS}
     */
    record Source(String kind, ConfigFile file) {}

    /** A file and what it says. */
    private record Served(ConfigFile file, Subnet subnet) {}

    /** By the name of the file. */
    private final Map<String, Served> served = new TreeMap<>();

    /** What was complained of last, by the name of the file, so that it is said once. */
    private final Map<String, String> complaints = new HashMap<>();

    /**
     * @param sources all that there are
     * @return what is to serve now
     */
    Networks update(Collection<Source> sources) {
        Map<String, String> refused = new TreeMap<>();
        Map<String, Served> changed = changed(sources, refused);
        served.keySet()
                .retainAll(sources.stream().map(source -> source.file().name()).toList());
        Map<String, Served> all = new TreeMap<>(served);
        all.putAll(changed);
        if (changed.values().stream()
                .allMatch(one -> conflict(one, all.values()).isEmpty())) {
            served.putAll(changed);
        } else {
            acceptOneByOne(changed, refused);
        }
        tell(refused);
        return new Networks(served.values().stream().map(Served::subnet).toList(), List.of(), Level.EMPTY);
    }

    /** Files that are not served as they stand, and are sound by themselves. */
    private Map<String, Served> changed(Collection<Source> sources, Map<String, String> refused) {
        Map<String, Served> changed = new TreeMap<>();
        for (Source source : sources) {
            ConfigFile file = source.file();
            Served former = served.get(file.name());
            if (former == null || !former.file().equals(file)) {
                try {
                    changed.put(file.name(), new Served(file, SubnetFile.parse(file)));
                } catch (IllegalArgumentException e) {
                    refused.put(file.name(), e.getMessage());
                }
            }
        }
        return changed;
    }

    private void acceptOneByOne(Map<String, Served> changed, Map<String, String> refused) {
        List<Served> waiting = new ArrayList<>(changed.values());
        boolean isProgress = true;
        while (isProgress) {
            isProgress = waiting.removeIf(one -> {
                boolean fits = conflict(one, served.values()).isEmpty();
                if (fits) {
                    served.put(one.file().name(), one);
                }
                return fits;
            });
        }
        waiting.forEach(one ->
                refused.put(one.file().name(), conflict(one, served.values()).orElseThrow()));
    }

    /** Why a subnet does not fit the others. */
    private static Optional<String> conflict(Served one, Collection<Served> all) {
        return all.stream()
                .filter(other -> !other.file().name().equals(one.file().name()))
                .sorted(Comparator.comparing(other -> other.file().name()))
                .filter(other -> other.subnet().network().overlaps(one.subnet().network()))
                .map(other -> one.file()
                        .value("subnet")
                        .refused("a network that does not overlap "
                                + other.subnet().network() + " of "
                                + other.file().name())
                        .getMessage())
                .findFirst();
    }

    private void tell(Map<String, String> refused) {
        complaints.keySet().retainAll(refused.keySet());
        refused.forEach((file, refusal) -> {
            if (!refusal.equals(complaints.put(file, refusal))) {
                LOG.error(
                        "refused: {}; {}",
                        refusal,
                        served.containsKey(file)
                                ? "what that file said before goes on serving"
                                : "nothing of that file serves until it is mended");
            }
        });
    }
}
