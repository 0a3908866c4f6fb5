package io.slipway.loader.pxelinux;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where PXELINUX lies, and its serial console.
 *
 * @param program the file {@code pxelinux.0}
 * @param modules the folder of the {@code .c32} modules
 * @param serial what follows {@code SERIAL}; empty for none
 */
record Settings(Path program, Path modules, String serial) {

    private static final String FILE = "etc/io.slipway.loader.pxelinux.cfg";
    private static final Pattern SERIAL = Pattern.compile("(?:[0-9]+|0x[0-9a-fA-F]+)(?: [0-9]+(?: 0x[0-9a-fA-F]+)?)?");

    Settings {
        if (!serial.isEmpty() && !SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException(
                    FILE + ": serial = '" + serial + "'; expected a port and a speed, for example 0 115200");
        }
    }

    static Settings of(PxelinuxBootloader.Config config) {
        return new Settings(
                path("program", config.program()),
                path("modules", config.modules()),
                config.serial().strip());
    }

    private static Path path(String key, String value) {
        try {
            Path path = Path.of(value);
            if (path.isAbsolute()) {
                return path;
            }
            throw new IllegalArgumentException(FILE + ": " + key + " = '" + value + "'; expected an absolute path");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(FILE + ": " + key + " = '" + value + "'; expected a path", e);
        }
    }

    Path module(String name) {
        return modules.resolve(name);
    }

    /** Whether everything is in place that a menu may need. */
    boolean isReady() {
        return Files.isRegularFile(program) && isThere("ldlinux.c32") && isThere("menu.c32") && isThere("libutil.c32");
    }

    /** What is missing, and the cure. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!Files.isRegularFile(program)) {
            problems.add(program + " is missing: install the Debian package 'pxelinux', or set 'program' in " + FILE);
        }
        for (String module : List.of("ldlinux.c32", "menu.c32", "libutil.c32")) {
            if (!isThere(module)) {
                problems.add(module(module) + " is missing: install the Debian package 'syslinux-common', or set"
                        + " 'modules' in " + FILE);
            }
        }
        return problems;
    }

    private boolean isThere(String module) {
        return Files.isRegularFile(module(module));
    }
}
