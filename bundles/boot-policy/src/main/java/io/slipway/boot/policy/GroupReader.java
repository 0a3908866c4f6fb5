package io.slipway.boot.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one group, when all profiles are known. */
final class GroupReader {

    private static final Set<String> KEYS =
            Set.of("match", "title", "profile", "profiles", "default", "timeout", "ignore");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(s|m|h)?");
    private static final Duration MAX_TIMEOUT = Duration.ofHours(24);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Place place;
    private final YamlMapping group;
    private final Map<String, Profile> known;

    private GroupReader(String name, Place place, YamlMapping group, Map<String, Profile> known) {
        this.name = name;
        this.place = place;
        this.group = group;
        this.known = known;
    }

    static Group read(String name, YamlMapping.Entry entry, Map<String, Profile> known) throws PolicyException {
        YamlMapping mapping = entry.value().mapping("a group's keys", KEYS);
        return new GroupReader(name, entry.key().place(), mapping, known).read();
    }

    private Group read() throws PolicyException {
        Optional<YamlValue> match = group.find("match");
        if (match.isEmpty()) {
            throw new PolicyException(place, "group '" + name + "' has no 'match'; for everybody write 'match: {}'");
        }
        return new Group(name, SelectorReader.read(match.get()), offer(), place);
    }

    private Group.Offer offer() throws PolicyException {
        Optional<YamlValue> ignore = group.find("ignore");
        if (ignore.isPresent()) {
            group.forbid(List.of("title", "profile", "profiles", "default", "timeout"), "makes no sense with 'ignore'");
            String why = ignore.get().text("the reason").strip();
            if (why.isEmpty() || why.equals("true") || why.equals("false")) {
                throw ignore.get().refuse("expected the reason in words, such as \"has its own server\"");
            }
            return new Group.Nothing(why);
        }
        List<Profile> profiles = profiles();
        Duration timeout = group.find("timeout").isPresent()
                ? timeout(group.get("timeout"))
                : profiles.size() > 1 ? DEFAULT_TIMEOUT : Duration.ZERO;
        return new Group.Choice(group.title().orElse(name), profiles, standard(profiles), timeout);
    }

    private List<Profile> profiles() throws PolicyException {
        Optional<YamlValue> list = group.find("profiles");
        if (list.isPresent()) {
            group.forbid(List.of("profile"), "makes no sense with 'profiles'");
        }
        Optional<YamlValue> value = list.or(() -> group.find("profile"));
        if (value.isEmpty()) {
            throw new PolicyException(
                    place, "group '" + name + "' has nothing to boot; " + "expected 'profile', 'profiles' or 'ignore'");
        }
        List<Profile> profiles = new ArrayList<>();
        for (YamlValue item : value.get().items()) {
            Profile profile = profile(item);
            if (profiles.contains(profile)) {
                throw item.refuse("profile '" + profile.name() + "' is in this list twice");
            }
            profiles.add(profile);
        }
        if (profiles.isEmpty()) {
            throw value.get().refuse("an empty list of profiles; to boot nothing write 'ignore: REASON'");
        }
        return profiles;
    }

    private Profile profile(YamlValue value) throws PolicyException {
        String wanted = value.text("a profile's name");
        Profile profile = known.get(wanted);
        if (profile == null) {
            throw value.refuse("unknown profile '" + YamlComplaint.shorten(wanted) + "'"
                    + Nearest.suggestion(wanted, known.keySet()));
        }
        return profile;
    }

    private Profile standard(List<Profile> profiles) throws PolicyException {
        Optional<String> wanted = group.text("default", "a profile's name");
        if (wanted.isEmpty()) {
            return profiles.get(0);
        }
        for (Profile profile : profiles) {
            if (profile.name().equals(wanted.get())) {
                return profile;
            }
        }
        List<String> names = profiles.stream().map(Profile::name).toList();
        throw group.get("default")
                .refuse("default '" + YamlComplaint.shorten(wanted.get()) + "' is not among the group's profiles"
                        + Nearest.suggestion(wanted.get(), names));
    }

    private static Duration timeout(YamlValue value) throws PolicyException {
        String text = value.text("a duration such as 10s");
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            Duration timeout =
                    switch (unit) {
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofSeconds(number);
                    };
            if (timeout.compareTo(MAX_TIMEOUT) <= 0) {
                return timeout;
            }
        }
        throw value.refuse("timeout '" + YamlComplaint.shorten(text) + "'; expected 10s, 1m or a number of seconds, "
                + "at most 24h");
    }
}
