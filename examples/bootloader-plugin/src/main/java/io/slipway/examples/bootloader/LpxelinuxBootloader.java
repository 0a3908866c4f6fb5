package io.slipway.examples.bootloader;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Bootloader;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.NetworkProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** LPXELINUX: PXELINUX with a network stack of its own, for BIOS machines whose ROM has a bad one. */
@Component(
        configurationPid = "io.slipway.examples.bootloader",
        property = {Bootloader.NAME + "=lpxelinux", "service.ranking:Integer=1000"})
public final class LpxelinuxBootloader implements Bootloader {

    @interface Config { // The keys of etc/io.slipway.examples.bootloader.cfg.
        String program() default "/usr/lib/PXELINUX/lpxelinux.0";

        String ldlinux() default "/usr/lib/syslinux/modules/bios/ldlinux.c32";
    }

    private static final String FOLDER = "/lpxelinux/";
    private static final NetworkProgram PROGRAM = new NetworkProgram(FOLDER + "lpxelinux.0");

    private final Map<String, Path> programs;

    @Activate
    public LpxelinuxBootloader(Config config) {
        this(Path.of(config.program()), Path.of(config.ldlinux()));
    }

    LpxelinuxBootloader(Path program, Path ldlinux) {
        programs = Map.of(PROGRAM.path(), program, FOLDER + "ldlinux.c32", ldlinux);
    }

    @Override
    public Optional<NetworkProgram> program(BootClient client, Netboot netboot) {
        boolean isBios = client.architecture().equals(FirmwareArchitecture.BIOS_X86);
        boolean canServe =
                isBios && canBoot(netboot.menu().defaultEntry()) && problems().isEmpty();
        return canServe ? Optional.of(PROGRAM) : Optional.empty();
    }

    @Override
    public boolean isRunningOn(BootClient client) {
        return false; // It asks for no address itself, so it is never the one that asks.
    }

    @Override
    public List<String> problems() {
        return programs.values().stream()
                .filter(file -> !Files.isRegularFile(file))
                .map(file -> file + " is missing: install Debian's packages pxelinux and syslinux-common")
                .toList();
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        Path program = programs.get(request.path());
        if (program != null) {
            return Optional.of(BootFile.of(program, BootFile.OCTET_STREAM));
        }
        Optional<String> own = request.client()
                .map(client -> FOLDER + "pxelinux.cfg/01-" + client.mac().dashed());
        return request.netboot()
                .filter(netboot -> own.equals(Optional.of(request.path())))
                .map(netboot -> BootFile.of(write(netboot.menu()).getBytes(StandardCharsets.UTF_8), "text/plain"));
    }

    private static boolean canBoot(BootEntry entry) { // It cuts lines at 4095 bytes.
        return (entry instanceof BootEntry.Linux || entry instanceof BootEntry.LocalBoot)
                && entry.toString().length() < 1000;
    }

    private static String write(BootMenu menu) {
        int wait = (int) Math.min(35_000, menu.timeout().toMillis() / 100);
        String head = "DEFAULT " + menu.defaultId() + "\nPROMPT " + (wait > 0 ? "1\nTIMEOUT " + wait : "0") + "\n";
        return head
                + menu.entries().stream()
                        .filter(e -> canBoot(e))
                        .map(e -> write(e))
                        .collect(Collectors.joining());
    }

    private static String write(BootEntry entry) {
        String label = "SAY " + entry.id() + ": " + entry.label() + "\nLABEL " + entry.id() + "\n";
        if (entry instanceof BootEntry.Linux linux) { // "::" keeps its own folder from being put before the path.
            return label + "LINUX ::" + linux.kernel() + "\nAPPEND " + linux.arguments() + "\n"
                    + (linux.initrds().isEmpty() ? "" : "INITRD ::" + String.join(",::", linux.initrds()) + "\n");
        }
        return label + "LOCALBOOT 0\n";
    }
}
