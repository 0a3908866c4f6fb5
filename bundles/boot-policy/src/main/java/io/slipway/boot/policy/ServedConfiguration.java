package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.image.ImageStore;
import io.slipway.state.Registration;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the last good configuration, replaces it as a whole, and tells the operator what became of each change. */
final class ServedConfiguration implements WatchedFolder.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyFolder.class);
    /** What is logged of one refused change; boot:policy shows all. */
    private static final int MAX_LOGGED = 20;

    /**
     * One configuration, and the profiles of which it was said already that they cannot be booted.
     *
     * @param remainder set when it is what is left of files that are refused
     */
    private record Generation(
            BootConfiguration configuration,
            Optional<Instant> since,
            Optional<Remainder> remainder,
            Set<String> warned) {

        static final Generation NONE =
                new Generation(BootConfiguration.EMPTY, Optional.empty(), Optional.empty(), Set.of());

        static Generation of(BootConfiguration configuration, Optional<Remainder> remainder) {
            return new Generation(configuration, Optional.of(Instant.now()), remainder, ConcurrentHashMap.newKeySet());
        }

        /** Whether all files served once, or there were none yet. */
        boolean isWhole() {
            return since.isPresent() && remainder.isEmpty();
        }

        /**
         * Whether it is sure what a client boots: of a remainder only when no group is missing, and the client is not
         * one of the machines that may be.
         */
        boolean knows(Optional<KnownMachine> machine) {
            return remainder.isEmpty() || (remainder.get().hasAllGroups() && machine.isPresent());
        }
    }

    private final Path folder;
    private final Set<Problem> reported = new HashSet<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Generation current = Generation.NONE;
    private volatile List<Problem> problems = List.of();
    private volatile Optional<String> lost = Optional.empty();

    ServedConfiguration(Path folder) {
        this.folder = folder;
    }

    /** Machines and groups of one reading of the files decide together. */
    Optional<BootDecision> decide(BootClient client, StoredIndex stored, ImageStore images) {
        Generation generation = current;
        Optional<KnownMachine> machine = new MachineDirectory(generation.configuration.machines(), stored).of(client);
        if (!generation.knows(machine)) {
            return Optional.empty();
        }
        return new Decider(generation.configuration, images, (profile, reason) -> warn(generation, profile, reason))
                .decide(client, machine);
    }

    PolicyStatus status() {
        Generation generation = current;
        return new PolicyStatus(folder, generation.configuration, generation.since, problems, lost);
    }

    /** @param listener is called after each change that has been applied */
    Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void changed(List<SourceFile> files) {
        try {
            BootConfiguration next = BootConfiguration.parse(files);
            current = Generation.of(next, Optional.empty());
            problems = List.of();
            reported.clear();
            LOG.info("boot policy: {} from {}", Counts.of(next), folder);
            listeners.forEach(Runnable::run);
        } catch (PolicyException e) {
            refused(e.problems(), files);
        }
    }

    @Override
    public void refused(List<Problem> found, List<SourceFile> files) {
        problems = List.copyOf(found);
        if (!current.isWhole()) {
            Remainder left = Remainder.of(files, found);
            boolean isAnything = left.configuration().files() > 0;
            current = isAnything ? Generation.of(left.configuration(), Optional.of(left)) : Generation.NONE;
            listeners.forEach(Runnable::run);
        }
        tell(found);
    }

    private void tell(List<Problem> found) {
        List<Problem> unsaid =
                found.stream().filter(problem -> !reported.contains(problem)).toList();
        reported.clear();
        reported.addAll(found);
        if (unsaid.isEmpty()) {
            return;
        }
        for (Problem problem : unsaid.subList(0, Math.min(MAX_LOGGED, unsaid.size()))) {
            LOG.warn("boot policy: refused {}/{}", folder, problem);
        }
        if (unsaid.size() > MAX_LOGGED) {
            LOG.warn("boot policy: {} more problems in {}; boot:policy shows all", unsaid.size() - MAX_LOGGED, folder);
        }
        current.remainder.ifPresentOrElse(
                this::tell,
                () -> LOG.warn("boot policy: {} is not applied until that is mended; {}", folder, whatServes()));
    }

    private void tell(Remainder left) {
        LOG.error(
                "boot policy: {} in {} not served since the start, the other files are ({}); {} until that is mended",
                String.join(", ", new TreeSet<>(left.refused())),
                folder,
                Counts.of(left.configuration()),
                left.hasAllGroups()
                        ? "only the machines that they name are given anything to boot"
                        : "a group may be missing, so no machine is given anything to boot");
    }

    @Override
    public void lost(String why) {
        lost = Optional.of(why);
        LOG.warn(
                "boot policy: cannot read {}: {}; make the folder, or let the server's user read it; {}",
                folder,
                why,
                whatServes());
    }

    @Override
    public void found() {
        lost = Optional.empty();
        LOG.info("boot policy: {} can be read again", folder);
    }

    private String whatServes() {
        return current.since
                .map(since -> "the configuration of " + since.truncatedTo(ChronoUnit.SECONDS) + " keeps serving ("
                        + Counts.of(current.configuration) + ")")
                .orElse("no machine is given anything to boot");
    }

    private static void warn(Generation generation, Profile profile, String reason) {
        if (generation.warned.add(profile.name())) {
            LOG.warn(
                    "boot policy: profile '{}' ({}) cannot be booted: {}",
                    profile.name(),
                    profile.place().fileAndLine(),
                    reason);
        }
    }
}
