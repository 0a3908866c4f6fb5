package io.slipway.dhcp.handlers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version of each file serves: the newest that is sound by itself and fits the others, which is the former one of
 * a file that is refused. What did not fit is tried again whenever another file changes. Not safe for use by several
 * threads.
 */
final class NetworkSettings {

    /** The PIDs, or factories' PIDs, of the files. */
    static final List<String> KINDS = List.of(OptionsFile.PID, GroupFile.PID, SubnetFile.PID);

    private static final Logger LOG = LoggerFactory.getLogger(NetworkFiles.class);

    /**
     * A file and what it says.
     *
     * @param content a {@link Subnet}, a {@link Group} or, for the global level, a {@link Level}
     */
    record Served(ConfigFile file, Object content) {

        static Served parse(ConfigFile file) {
            return new Served(
                    file,
                    switch (file.kind()) {
                        case SubnetFile.PID -> SubnetFile.parse(file);
                        case GroupFile.PID -> GroupFile.parse(file);
                        default -> OptionsFile.parse(file);
                    });
        }
    }

    /** By the name of the file. */
    private final Map<String, Served> served = new TreeMap<>();

    /** What was complained of last, by the name of the file, so that it is said once. */
    private final Map<String, String> complaints = new HashMap<>();

    /**
     * Looks at the files again.
     *
     * @param files all that there are
     * @return what is to serve now
     */
    Networks update(Collection<ConfigFile> files) {
        Map<String, String> refused = new TreeMap<>();
        Map<String, Served> changed = changed(files, refused);
        served.keySet().retainAll(files.stream().map(ConfigFile::name).toList());
        Map<String, Served> all = new TreeMap<>(served);
        all.putAll(changed);
        // Two files may change at once and fit each other only when both have, as when a network moves.
        if (changed.values().stream()
                .allMatch(one -> Conflict.of(one, all.values()).isEmpty())) {
            served.putAll(changed);
        } else {
            acceptOneByOne(changed, refused);
        }
        tell(refused);
        return new Networks(
                contents(Subnet.class).toList(),
                contents(Group.class).toList(),
                contents(Level.class).findFirst().orElse(Level.EMPTY));
    }

    private <T> Stream<T> contents(Class<T> type) {
        return served.values().stream()
                .map(Served::content)
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** Files that are not served as they stand, and are sound by themselves. */
    private Map<String, Served> changed(Collection<ConfigFile> files, Map<String, String> refused) {
        Map<String, Served> changed = new TreeMap<>();
        for (ConfigFile file : files) {
            Served former = served.get(file.name());
            if (former == null || !former.file().equals(file)) {
                try {
                    changed.put(file.name(), Served.parse(file));
                } catch (IllegalArgumentException e) {
                    refused.put(file.name(), e.getMessage());
                }
            }
        }
        return changed;
    }

    /** In the order of names, so that the same files always have the same outcome; groups come before subnets. */
    private void acceptOneByOne(Map<String, Served> changed, Map<String, String> refused) {
        List<Served> waiting = new ArrayList<>(changed.values());
        boolean isProgress = true;
        while (isProgress) {
            isProgress = waiting.removeIf(one -> {
                boolean fits = Conflict.of(one, served.values()).isEmpty();
                if (fits) {
                    served.put(one.file().name(), one);
                }
                return fits;
            });
        }
        waiting.forEach(one ->
                refused.put(one.file().name(), Conflict.of(one, served.values()).orElseThrow()));
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
