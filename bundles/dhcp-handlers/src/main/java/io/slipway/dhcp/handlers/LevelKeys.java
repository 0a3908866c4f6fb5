package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.OptionSetting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys that every level of the configuration has: lease times and options. */
final class LevelKeys {

    static final Set<String> KEYS = Set.of("leaseTime", "minLeaseTime", "bootLeaseTime", "always");

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
        times.shortest()
                .filter(least -> times.longest()
                        .filter(most -> least.compareTo(most) > 0)
                        .isPresent())
                .ifPresent(least -> {
                    throw file.value("minLeaseTime").refused("no more than leaseTime");
                });
        return new Level(times, options(file));
    }

    private static ConfiguredOptions options(ConfigFile file) {
        Map<Integer, byte[]> values = new TreeMap<>();
        for (ConfigValue value : file.startingWith(OPTION)) {
            OptionSetting setting = setting(value);
            if (values.put(setting.code(), setting.value()) != null) {
                throw value.refused("each option once; another key sets option " + setting.code() + ", too");
            }
        }
        Set<Integer> always = new TreeSet<>();
        for (ConfigValue name : file.list("always")) {
            try {
                always.add(OptionSetting.code(name.text()));
            } catch (IllegalArgumentException e) {
                throw name.refused(e.getMessage(), e);
            }
        }
        return new ConfiguredOptions(values, always);
    }

    private static OptionSetting setting(ConfigValue value) {
        try {
            return OptionSetting.parse(value.key().substring(OPTION.length()), value.text());
        } catch (IllegalArgumentException e) {
            throw value.refused(e.getMessage(), e);
        }
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
