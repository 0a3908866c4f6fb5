package io.slipway.loader.ipxe;

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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * iPXE. Firmware is given its program; iPXE then asks DHCP again, says who it is, and is given its script and never the
 * program again. A ROM that is iPXE gets the script at once. The ranking is low: without a preference, only machines
 * that run iPXE already are served by it.
 */
@Component(
        service = Bootloader.class,
        configurationPid = Settings.PID,
        property = {Bootloader.NAME + "=ipxe", "service.ranking:Integer=-10"})
@Designate(ocd = IpxeBootloader.Config.class)
public final class IpxeBootloader implements Bootloader {

    /** Where iPXE's programs lie, and which of them UEFI machines are given. */
    @ObjectClassDefinition(name = "Slipway iPXE", description = "iPXE for BIOS and UEFI x64 firmware")
    @interface Config {
        @AttributeDefinition(
                description =
                        "ipxe.efi, for UEFI x64 with drivers of its own, of Debian's package ipxe;" + " empty for none")
        String ipxe() default "/usr/lib/ipxe/ipxe.efi";

        @AttributeDefinition(description = "snponly.efi, for UEFI x64 on the firmware's own driver; empty for none")
        String snponly() default "/usr/lib/ipxe/snponly.efi";

        @AttributeDefinition(description = "undionly.kpxe, for BIOS on the firmware's own driver; empty for none")
        String undionly() default "/usr/lib/ipxe/undionly.kpxe";

        @AttributeDefinition(description = "What UEFI x64 machines are given: ipxe or snponly")
        String efiProgram() default "ipxe";
    }

    /** The path of every machine's script. */
    static final String SCRIPT = "/ipxe/boot.ipxe";

    private static final Logger LOG = LoggerFactory.getLogger(IpxeBootloader.class);
    private static final String UNDIONLY = "/ipxe/undionly.kpxe";
    private static final String IPXE = "/ipxe/ipxe.efi";
    private static final String SNPONLY = "/ipxe/snponly.efi";
    private static final String AUTOEXEC = "/autoexec.ipxe";

    private final Settings settings;

    @Activate
    public IpxeBootloader(Config config) {
        this(Settings.of(config));
        problems().forEach(problem -> LOG.warn("iPXE cannot be started on machines without it: {}", problem));
    }

    IpxeBootloader(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<NetworkProgram> program(BootClient client, Netboot netboot) {
        if (!IpxeScript.of(client).canExpress(netboot.menu().defaultEntry())) {
            return Optional.empty();
        }
        if (isRunningOn(client)) {
            boolean hasHttp = client.features().contains("http");
            return Optional.of(new NetworkProgram(SCRIPT, hasHttp ? BootTransport.HTTP : BootTransport.TFTP));
        }
        if (client.architecture().isSameKindAs(FirmwareArchitecture.UEFI_X64)) {
            String path = settings.efiProgram() == Settings.EfiProgram.IPXE ? IPXE : SNPONLY;
            return program(settings.efi(), path, client.transport());
        }
        boolean isBios = client.architecture().equals(FirmwareArchitecture.BIOS_X86);
        return isBios && client.transport() == BootTransport.TFTP
                ? settings.undionly().flatMap(file -> program(file, UNDIONLY, BootTransport.TFTP))
                : Optional.empty();
    }

    private static Optional<NetworkProgram> program(Path file, String path, BootTransport transport) {
        return Files.isRegularFile(file) ? Optional.of(new NetworkProgram(path, transport)) : Optional.empty();
    }

    /** By either of its signs: some builds are made to say another user class, and some relays drop option 175. */
    @Override
    public boolean isRunningOn(BootClient client) {
        return client.userClass().filter(name -> name.equals("iPXE")).isPresent()
                || !client.features().isEmpty();
    }

    @Override
    public List<String> problems() {
        return settings.problems();
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        String path = request.path();
        if (path.equals(SCRIPT) || path.endsWith(AUTOEXEC)) {
            return script(request);
        }
        return switch (path) {
            case IPXE -> file(settings.ipxe(), "application/efi");
            case SNPONLY -> file(settings.snponly(), "application/efi");
            case UNDIONLY -> file(settings.undionly(), BootFile.OCTET_STREAM);
            default -> Optional.empty();
        };
    }

    private static Optional<BootFile> script(BootRequest request) {
        return request.client().flatMap(client -> request.netboot().map(netboot -> {
            String text = IpxeScript.of(client).write(netboot.menu());
            return BootFile.of(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
        }));
    }

    private static Optional<BootFile> file(Optional<Path> path, String mediaType) throws IOException {
        return path.isPresent() && Files.isRegularFile(path.get())
                ? Optional.of(BootFile.of(path.get(), mediaType))
                : Optional.empty();
    }
}
