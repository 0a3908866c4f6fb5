package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.DhcpOption;
import java.util.List;
import java.util.Set;

/** The keys that every level of the configuration has: lease times and options. */
final class LevelKeys {

    static final Set<String> KEYS = Set.of("leaseTime", "minLeaseTime", "bootLeaseTime");

    /** Before the name or number of an option. */
    static final String OPTION = "option.";

    private LevelKeys() {}

    /**
     * @throws IllegalArgumentException a value is refused: the message names the file, the key and what was expected
     */
    static Level parse(ConfigFile file) {
        LeaseTimes times = new LeaseTimes(
                file.present("leaseTime").map(ConfigValue::duration),
                file.present("minLeaseTime").map(ConfigValue::duration),
                file.present("bootLeaseTime").map(ConfigValue::duration));
        return new Level(times, ConfiguredOptions.NONE);
    }

    /** Options, and one more that a key of its own sets; an empty list sets nothing. */
    static <T> ConfiguredOptions with(ConfiguredOptions options, DhcpOption<T> option, T set, ConfigValue value) {
        if (set instanceof List<?> list && list.isEmpty()) {
            return options;
        }
        if (options.values().containsKey(option.code())) {
            throw value.refused("this key or " + OPTION + option.name() + ", not both");
        }
        return options.with(option, set);
    }
}
