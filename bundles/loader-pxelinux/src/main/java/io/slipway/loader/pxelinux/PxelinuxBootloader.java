package io.slipway.loader.pxelinux;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Bootloader;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.NetworkProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PXELINUX. It looks for its menu under {@code pxelinux.cfg/} by UUID, by MAC, by pieces of its address and at last as
 * {@code default} (syslinux 6.03, {@code core/fs/pxe/pxe.c}); the machine's own MAC and {@code default} are answered
 * with the machine's own menu, the rest is not found so that it goes on.
 */
@Component(
        service = Bootloader.class,
        configurationPid = "io.slipway.loader.pxelinux",
        property = Bootloader.NAME + "=pxelinux")
@Designate(ocd = PxelinuxBootloader.Config.class)
public final class PxelinuxBootloader implements Bootloader {

    /** Where PXELINUX lies, and its serial console. */
    @ObjectClassDefinition(name = "Slipway PXELINUX", description = "PXELINUX for BIOS firmware")
    @interface Config {
        @AttributeDefinition(description = "The file pxelinux.0, of Debian's package pxelinux")
        String program() default "/usr/lib/PXELINUX/pxelinux.0";

        @AttributeDefinition(description = "The folder of the BIOS modules, of Debian's package syslinux-common")
        String modules() default "/usr/lib/syslinux/modules/bios";

        @AttributeDefinition(description = "Serial console: port and speed, for example 0 115200; empty for none")
        String serial() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(PxelinuxBootloader.class);
    private static final NetworkProgram PROGRAM = new NetworkProgram("/pxelinux.0");
    private static final String MENUS = "/pxelinux.cfg/";
    private static final Pattern MODULE = Pattern.compile("/([A-Za-z0-9_-]+\\.c32)");

    private final Settings settings;

    @Activate
    public PxelinuxBootloader(Config config) {
        this(Settings.of(config));
        problems().forEach(problem -> LOG.warn("PXELINUX cannot serve BIOS machines: {}", problem));
    }

    PxelinuxBootloader(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<NetworkProgram> program(BootClient client, Netboot netboot) {
        boolean canRun = client.architecture().equals(FirmwareArchitecture.BIOS_X86)
                && client.transport() == BootTransport.TFTP
                && PxelinuxMenu.canExpress(netboot.menu().defaultEntry());
        return canRun && settings.isReady() ? Optional.of(PROGRAM) : Optional.empty();
    }

    /** Never: PXELINUX takes the lease that the firmware got and asks for none itself. */
    @Override
    public boolean isRunningOn(BootClient client) {
        return false;
    }

    @Override
    public List<String> problems() {
        return settings.problems();
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        String path = request.path();
        if (path.startsWith(MENUS)) {
            return menu(request);
        }
        if (path.equals(PROGRAM.path())) {
            return file(settings.program());
        }
        var module = MODULE.matcher(path);
        return module.matches() ? file(settings.module(module.group(1))) : Optional.empty();
    }

    private Optional<BootFile> menu(BootRequest request) {
        String name = request.path().substring(MENUS.length());
        boolean isOwn = request.client()
                .filter(client -> name.equals("default")
                        || name.equals("01-" + client.mac().dashed()))
                .isPresent();
        return request.netboot().filter(netboot -> isOwn).map(netboot -> {
            String text = new PxelinuxMenu(settings.serial()).write(netboot.menu());
            return BootFile.of(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
        });
    }

    private static Optional<BootFile> file(Path path) throws IOException {
        return Files.isRegularFile(path) ? Optional.of(BootFile.of(path, BootFile.OCTET_STREAM)) : Optional.empty();
    }
}
