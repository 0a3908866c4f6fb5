package io.slipway.loader.ipxe;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where iPXE's programs lie.
 *
 * @param ipxe for UEFI x64, with drivers of its own; empty for none
 * @param snponly for UEFI x64, on the firmware's driver; empty for none
 * @param undionly for BIOS, on the firmware's driver; empty for none
 * @param efiProgram which of the first two UEFI machines are given
 */
record Settings(Optional<Path> ipxe, Optional<Path> snponly, Optional<Path> undionly, EfiProgram efiProgram) {

    static final String PID = "io.slipway.loader.ipxe";

    /** A choice of {@code efiProgram}. */
    enum EfiProgram {
        IPXE("ipxe"),
        SNPONLY("snponly");

        private final String key;

        EfiProgram(String key) {
            this.key = key;
        }

        static EfiProgram of(String text) {
            for (EfiProgram program : values()) {
                if (program.key.equals(text)) {
                    return program;
                }
            }
            throw new IllegalArgumentException(
                    "etc/" + PID + ".cfg: efiProgram = '" + text + "'; expected 'ipxe' or 'snponly'");
        }
    }

    Settings {
        if ((efiProgram == EfiProgram.IPXE ? ipxe : snponly).isEmpty()) {
            throw new IllegalArgumentException("etc/" + PID + ".cfg: " + efiProgram.key
                    + " = ''; expected an absolute path, as" + " 'efiProgram' names it");
        }
    }

    static Settings of(IpxeBootloader.Config config) {
        return new Settings(
                path("ipxe", config.ipxe()),
                path("snponly", config.snponly()),
                path("undionly", config.undionly()),
                EfiProgram.of(config.efiProgram().strip()));
    }

    private static Optional<Path> path(String key, String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(value.strip());
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
            throw new IllegalArgumentException(
                    "etc/" + PID + ".cfg: " + key + " = '" + value + "'; expected an absolute path");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "etc/" + PID + ".cfg: " + key + " = '" + value + "'; expected a path", e);
        }
    }

    /** The program that UEFI machines are given. */
    Path efi() {
        return (efiProgram == EfiProgram.IPXE ? ipxe : snponly).orElseThrow();
    }

    /** What is missing, and the cure. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        undionly.filter(file -> !Files.isRegularFile(file)).ifPresent(file -> problems.add(missing(file, "undionly")));
        if (!Files.isRegularFile(efi())) {
            problems.add(missing(efi(), efiProgram.key));
        }
        return problems;
    }

    private static String missing(Path file, String key) {
        return file + " is missing: install the Debian package 'ipxe', or set '" + key + "' in etc/" + PID + ".cfg";
    }
}
