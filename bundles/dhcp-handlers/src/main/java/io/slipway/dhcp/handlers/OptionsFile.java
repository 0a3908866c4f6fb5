package io.slipway.dhcp.handlers;

import java.util.Set;

/** Reads {@code io.slipway.dhcp.options.cfg}: what holds in every subnet that does not say otherwise. */
final class OptionsFile {

    static final String PID = "io.slipway.dhcp.options";

    private OptionsFile() {}

    /**
     * @throws IllegalArgumentException the file is refused: the message names it, the key, the value and what was
     *     expected
     */
    static Level parse(ConfigFile file) {
        file.requireKnown(LevelKeys.KEYS, Set.of(LevelKeys.OPTION));
        return LevelKeys.parse(file);
    }
}
