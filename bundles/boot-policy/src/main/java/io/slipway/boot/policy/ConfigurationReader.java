package io.slipway.boot.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Reads all files as one configuration and goes on after a problem, so that all are reported at once. */
final class ConfigurationReader {

    private static final Set<String> SECTIONS = Set.of("profiles", "groups", "machines");
    /** It becomes the id of a menu entry. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final List<Problem> problems = new ArrayList<>();
    private final AtomicInteger valuesLeft = new AtomicInteger(YamlValue.MAX_VALUES);
    private final Map<String, YamlMapping.Entry> profileEntries = new LinkedHashMap<>();
    private final Map<String, YamlMapping.Entry> groupEntries = new LinkedHashMap<>();
    private final Map<String, Profile> profiles = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final FileMachines.Builder machines = new FileMachines.Builder();
    private final OptionCheck options;

    ConfigurationReader(OptionCheck options) {
        this.options = options;
    }

    private interface Step {
        void run() throws PolicyException;
    }

    BootConfiguration read(List<SourceFile> files) throws PolicyException {
        files.forEach(file -> attempt(() -> collect(file)));
        profileEntries.forEach((name, entry) -> attempt(() -> profiles.put(name, ProfileReader.read(name, entry))));
        if (profiles.size() == profileEntries.size() && problems.isEmpty()) {
            // Otherwise every group that names a profile with a problem would be reported too.
            groupEntries.forEach((name, entry) -> attempt(() -> groups.add(GroupReader.read(name, entry, profiles))));
            problems.addAll(Ties.in(groups));
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparing(Problem::place));
            throw new PolicyException(problems);
        }
        return new BootConfiguration(profiles, groups, machines.build(), files.size());
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (PolicyException e) {
            problems.addAll(e.problems());
        }
    }

    private void collect(SourceFile file) throws PolicyException {
        int before = valuesLeft.get();
        Optional<YamlValue> document = YamlValue.parse(file, valuesLeft);
        if (document.isEmpty() || document.get().isNothing()) {
            return;
        }
        YamlMapping sections = document.get().mapping("'profiles:', 'groups:' or 'machines:'", SECTIONS);
        for (Named named : names(sections.find("profiles"), "profile")) {
            attempt(() -> collect(named, "profile", profileEntries));
        }
        for (Named named : names(sections.find("groups"), "group")) {
            attempt(() -> collect(named, "group", groupEntries));
        }
        for (Named named : names(sections.find("machines"), "machine")) {
            // At once: nothing of the file is needed any more, where a site has a hundred files of machines.
            attempt(() -> MachineReader.read(named.name, named.entry, options, machines));
        }
        if (sections.entries().keySet().equals(Set.of("machines"))) {
            valuesLeft.set(before);
        }
    }

    private record Named(String name, YamlMapping.Entry entry) {}

    private List<Named> names(Optional<YamlValue> section, String kind) throws PolicyException {
        List<Named> names = new ArrayList<>();
        if (section.isEmpty() || section.get().isNothing()) {
            return names;
        }
        for (Map.Entry<String, YamlMapping.Entry> entry :
                section.get().mapping("names of " + kind + "s").entries().entrySet()) {
            if (!NAME.matcher(entry.getKey()).matches()) {
                throw entry.getValue()
                        .key()
                        .refuse(kind + " name '" + YamlComplaint.shorten(entry.getKey())
                                + "'; expected letters, digits and . _ -, at most 64");
            }
            names.add(new Named(entry.getKey(), entry.getValue()));
        }
        return names;
    }

    private static void collect(Named named, String kind, Map<String, YamlMapping.Entry> into) throws PolicyException {
        YamlMapping.Entry first = into.putIfAbsent(named.name, named.entry);
        if (first != null) {
            throw named.entry
                    .key()
                    .refuse(kind + " '" + named.name + "' is already defined at "
                            + first.key().place().fileAndLine());
        }
    }
}
