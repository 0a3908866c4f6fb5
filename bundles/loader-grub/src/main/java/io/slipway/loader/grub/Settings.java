package io.slipway.loader.grub;

import io.slipway.boot.BootTransport;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where shim and GRUB lie, and the serial console.
 *
 * @param shim the file that the firmware starts
 * @param grub the file that shim starts
 * @param httpGrub the file that a shim that came with HTTP starts; empty for the same
 * @param proxyDhcp whether it finds its server when another one leases the addresses
 * @param serial the options of GRUB's command {@code serial}; empty for none
 */
record Settings(Path shim, Path grub, Optional<Path> httpGrub, boolean proxyDhcp, String serial) {

    private static final String FILE = "etc/io.slipway.loader.grub.cfg";
    private static final Pattern SERIAL = Pattern.compile("--[a-z]+=[0-9a-zA-Z]+(?: --[a-z]+=[0-9a-zA-Z]+)*");

    Settings {
        if (!serial.isEmpty() && !SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException(FILE + ": serial = '" + serial
                    + "'; expected options of GRUB's serial command, for example --unit=0 --speed=115200");
        }
    }

    static Settings of(GrubBootloader.Config config) {
        String http = config.httpGrub().strip();
        return new Settings(
                path("shim", config.shim()),
                path("grub", config.grub()),
                http.isEmpty() ? Optional.empty() : Optional.of(path("httpGrub", http)),
                config.proxyDhcp(),
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

    /** The GRUB of a shim that came over this transport. */
    Path grub(BootTransport transport) {
        return transport == BootTransport.HTTP ? httpGrub.orElse(grub) : grub;
    }

    boolean isReady(BootTransport transport) {
        return Files.isRegularFile(shim) && Files.isRegularFile(grub(transport));
    }

    /** What is missing, and the cure. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!Files.isRegularFile(shim)) {
            problems.add(missing(shim, "shim-signed", "shim"));
        }
        if (!Files.isRegularFile(grub)) {
            problems.add(missing(grub, "grub-efi-amd64-signed", "grub"));
        }
        return problems;
    }

    /** What is wrong with a GRUB that has no module {@code http}, and the cure. */
    String withoutHttp() {
        return grub(BootTransport.HTTP) + " is missing or lacks GRUB's module http, so that machines with UEFI HTTP"
                + " Boot are not served: set 'httpGrub' in " + FILE + " to a GRUB that has it";
    }

    /** What is wrong with a GRUB that does not know proxyDHCP, and the cure. */
    String withoutProxyDhcp() {
        return "another DHCP server leases its address, and " + grub
                + " would look for its menu there: with GRUB 2.12 or" + " later set 'proxyDhcp = true' in " + FILE;
    }

    private static String missing(Path file, String debianPackage, String key) {
        return file + " is missing: install the Debian package '" + debianPackage + "', or set '" + key + "' in "
                + FILE;
    }
}
