package io.slipway.dhcp.handlers;

import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.codec.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code io.slipway.dhcp.group-NAME.cfg}: one group. */
final class GroupFile {

    static final String PID = "io.slipway.dhcp.group";

    private static final String MATCH = "match.";

    private GroupFile() {}

    /**
     * @throws IllegalArgumentException the file is refused: the message names it, the key, the value and what was
     *     expected
     */
    static Group parse(ConfigFile file) {
        file.requireKnown(LevelKeys.KEYS, Set.of(LevelKeys.OPTION, MATCH));
        List<Membership.Condition> conditions = new ArrayList<>();
        for (ConfigValue value : file.startingWith(MATCH)) {
            Membership.Subject subject = subject(value);
            if (value.isBlank()) {
                throw value.refused("one pattern or more, with commas; * stands for any characters, ? for one");
            }
            List<ConfigValue> texts =
                    subject.takesLists() ? ConfigValue.list(value.file(), value.key(), value.text()) : List.of(value);
            conditions.add(new Membership.Condition(
                    subject, texts.stream().map(text -> pattern(subject, text)).toList()));
        }
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException(file.name() + ": no key says who is in the group; expected one of "
                    + String.join(", ", Membership.Subject.names(MATCH)));
        }
        return new Group(file.label(), new Membership(conditions), LevelKeys.parse(file));
    }

    private static Membership.Subject subject(ConfigValue value) {
        return Membership.Subject.named(value.key().substring(MATCH.length())).orElseThrow(() -> {
            List<String> names = Membership.Subject.names(MATCH);
            return value.refused("a key that is one of " + String.join(", ", names)
                    + Spelling.nearest(value.key(), names)
                            .map(near -> "; is it " + near + "?")
                            .orElse(""));
        });
    }

    private static TextPattern pattern(Membership.Subject subject, ConfigValue value) {
        String text = value.text().strip();
        if (subject.key().equals("mac")) {
            return new TextPattern(mac(value));
        }
        if (subject.key().equals("arch") && !text.matches(".*[*?].*|\\d{1,5}")) {
            List<String> names = FirmwareArchitecture.names();
            if (!names.contains(text)) {
                throw value.refused("architectures such as uefi-x64, bios-x86, 7 or uefi-*"
                        + Spelling.nearest(text, names)
                                .map(near -> "; is it " + near + "?")
                                .orElse(""));
            }
        }
        return new TextPattern(text);
    }

    private static String mac(ConfigValue value) {
        try {
            return new MacPattern(value.text().strip()).text();
        } catch (IllegalArgumentException e) {
            throw value.refused("a MAC address such as 52:54:00:12:34:56 or a pattern such as 52:54:00:*", e);
        }
    }
}
