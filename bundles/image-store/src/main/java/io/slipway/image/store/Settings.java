package io.slipway.image.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the store is looked after.
 *
 * @param retention what stays of what tags have named
 * @param collectEvery how often what nothing needs is removed; zero for never
 * @param scrubEvery how often every blob is read again; zero for never
 * @param scrubRate how fast that is, in bytes a second; 0 for as fast as it goes
 * @param inbox where other tools copy images to; empty for nowhere
 */
record Settings(Retention retention, Duration collectEvery, Duration scrubEvery, long scrubRate, Optional<Path> inbox) {

    static final String PID = "io.slipway.image.store";

    private static final Pattern TIME = Pattern.compile("(\\d{1,7})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86400);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final long MEGABYTE = 1_000_000;

    static Settings of(Caretaker.Config config) {
        int versions = number("keepVersions", config.keepVersions());
        if (versions < 1 || versions > Ledger.MOST) {
            throw refused("keepVersions", config.keepVersions(), "1 to " + Ledger.MOST);
        }
        return new Settings(
                new Retention(versions, time("keepTime", config.keepTime())),
                time("collectEvery", config.collectEvery()),
                time("scrubEvery", config.scrubEvery()),
                number("scrubRate", config.scrubRate()) * MEGABYTE,
                inbox(config.inbox().strip()));
    }

    private static Optional<Path> inbox(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        if (!text.isEmpty()) {
            return Optional.of(Path.of(text).toAbsolutePath().normalize());
        }
        return Optional.ofNullable(System.getProperty("karaf.data")).map(data -> Path.of(data, "inbox"));
    }

    private static int number(String key, String text) {
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw refused(key, text, "a whole number of up to six digits");
        }
        return Integer.parseInt(text.strip());
    }

    private static Duration time(String key, String text) {
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches()) {
            throw refused(key, text, "a time such as 12h or 7d, or 0");
        }
        return Duration.ofSeconds(Long.parseLong(time.group(1)) * SECONDS.get(time.group(2)));
    }

    private static IllegalArgumentException refused(String key, String value, String expected) {
        return new IllegalArgumentException("etc/" + PID + ".cfg: " + key + " = " + value + "; expected " + expected);
    }
}
