package io.slipway.loader.grub;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * shim, which starts GRUB from the folder that it came from. Debian's network GRUB reads {@code grub.cfg} under
 * {@code /grub}; other builds ask for {@code grub.cfg-01-MAC} before. Only the machine's own are found.
 *
 * <p>With UEFI HTTP Boot shim fetches GRUB beside itself with HTTP ({@code /grub//grubx64.efi}), and GRUB, if it holds
 * its module {@code http}, goes on with {@code (http,SERVER)/grub}. That has no port: GRUB asks
 * port 80, wherever shim came from.
 */
@Component(
        service = Bootloader.class,
        configurationPid = "io.slipway.loader.grub",
        property = Bootloader.NAME + "=grub")
@Designate(ocd = GrubBootloader.Config.class)
public final class GrubBootloader implements Bootloader {

    /** Where shim and GRUB lie, and the serial console. */
    @ObjectClassDefinition(name = "Slipway GRUB", description = "shim and GRUB for UEFI x64 firmware")
    @interface Config {
        @AttributeDefinition(description = "shim, of Debian's package shim-signed")
        String shim() default "/usr/lib/shim/shimx64.efi.signed";

        @AttributeDefinition(description = "GRUB for the network, of Debian's package grub-efi-amd64-signed")
        String grub() default "/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed";

        @AttributeDefinition(
                description = "GRUB for machines with UEFI HTTP Boot, with the module http inside; empty"
                        + " for the same as grub")
        String httpGrub() default "";

        @AttributeDefinition(
                description = "Whether this GRUB finds its server when another one leases the addresses (proxyDHCP), as"
                        + " GRUB does from 2.12 on.")
        boolean proxyDhcp() default false;

        @AttributeDefinition(
                description = "Serial console: options of GRUB's command serial, for example"
                        + " --unit=0 --speed=115200; empty for none")
        String serial() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(GrubBootloader.class);
    private static final String SHIM = "/grub/shimx64.efi";
    private static final String GRUB = "/grub/grubx64.efi";
    private static final String MENU = "/grub/grub.cfg";

    private final Settings settings;
    private final HttpModule httpModule = new HttpModule();

    @Activate
    public GrubBootloader(Config config) {
        this(Settings.of(config));
        settings.problems().forEach(problem -> LOG.warn("GRUB cannot serve UEFI machines: {}", problem));
        if (!hasHttp()) {
            LOG.info("{}", settings.withoutHttp());
        }
    }

    GrubBootloader(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<NetworkProgram> program(BootClient client, Netboot netboot) {
        boolean canRun = client.architecture().isSameKindAs(FirmwareArchitecture.UEFI_X64)
                && GrubMenu.canExpress(netboot.menu().defaultEntry());
        return canRun && isReady(client.transport()) && !isLost(client)
                ? Optional.of(new NetworkProgram(SHIM, client.transport()))
                : Optional.empty();
    }

    private boolean isReady(BootTransport transport) {
        return settings.isReady(transport) && (transport != BootTransport.HTTP || hasHttp());
    }

    /** Whether GRUB would look for its menu on the server that leased the address. */
    private boolean isLost(BootClient client) {
        return !settings.proxyDhcp()
                && client.transport() == BootTransport.TFTP
                && client.labels().containsKey(BootClient.LEASED_ELSEWHERE);
    }

    private boolean hasHttp() {
        return httpModule.isIn(settings.grub(BootTransport.HTTP));
    }

    /** Never: GRUB takes the lease that the firmware got and asks for none itself. */
    @Override
    public boolean isRunningOn(BootClient client) {
        return false;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(settings.problems());
        if (!hasHttp()) {
            problems.add(settings.withoutHttp());
        }
        return problems;
    }

    @Override
    public List<String> problems(BootClient client) {
        return isLost(client) ? List.of(settings.withoutProxyDhcp()) : problems();
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        String path = request.path();
        if (path.startsWith(MENU)) {
            return menu(request);
        }
        if (path.equals(SHIM)) {
            return program(settings.shim());
        }
        return path.equals(GRUB) ? program(settings.grub(request.transport())) : Optional.empty();
    }

    private Optional<BootFile> menu(BootRequest request) {
        String suffix = request.path().substring(MENU.length());
        boolean isOwn = request.client()
                .filter(client ->
                        suffix.isEmpty() || suffix.equals("-01-" + client.mac().dashed()))
                .isPresent();
        return request.netboot().filter(netboot -> isOwn).map(netboot -> {
            String text = new GrubMenu(settings.serial(), request.transport()).write(netboot.menu());
            return BootFile.of(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
        });
    }

    private static Optional<BootFile> program(Path path) throws IOException {
        return Files.isRegularFile(path) ? Optional.of(BootFile.of(path, "application/efi")) : Optional.empty();
    }
}
