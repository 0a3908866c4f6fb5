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

    private static final Set<String> SECTIONS = Set.of("profiles", "groups");
    /** It becomes the id of a menu entry. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final List<Problem> problems = new ArrayList<>();
    private final AtomicInteger valuesLeft = new AtomicInteger(YamlValue.MAX_VALUES);
    private final Map<String, YamlMapping.Entry> profileEntries = new LinkedHashMap<>();
    private final Map<String, YamlMapping.Entry> groupEntries = new LinkedHashMap<>();
    private final Map<String, Profile> profiles = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();

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
        return new BootConfiguration(profiles, groups, files.size());
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (PolicyException e) {
            problems.addAll(e.problems());
        }
    }

    private void collect(SourceFile file) throws PolicyException {
        Optional<YamlValue> document = YamlValue.parse(file, valuesLeft);
        if (document.isEmpty() || document.get().isNothing()) {
            return;
        }
        YamlMapping sections = document.get().mapping("'profiles:' or 'groups:'", SECTIONS);
        collect(sections.find("profiles"), "profile", profileEntries);
        collect(sections.find("groups"), "group", groupEntries);
    }

    private void collect(Optional<YamlValue> section, String kind, Map<String, YamlMapping.Entry> into)
            throws PolicyException {
        if (section.isEmpty() || section.get().isNothing()) {
            return;
        }
        for (Map.Entry<String, YamlMapping.Entry> entry :
                section.get().mapping("names of " + kind + "s").entries().entrySet()) {
            YamlValue key = entry.getValue().key();
            String name = entry.getKey();
            if (!NAME.matcher(name).matches()) {
                throw key.refuse(kind + " name '" + YamlComplaint.shorten(name)
                        + "'; expected letters, digits and . _ -, at most 64");
            }
            YamlMapping.Entry first = into.putIfAbsent(name, entry.getValue());
            if (first != null) {
                throw key.refuse(kind + " '" + name + "' is already defined at "
                        + first.key().place().fileAndLine());
            }
        }
    }
}
