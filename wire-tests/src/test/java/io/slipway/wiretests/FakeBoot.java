package io.slipway.wiretests;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.BootTransport;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everybody boots one system, by the program that the usual loaders have for its firmware. */
final class FakeBoot implements BootPlanner, BootClients {

    /** Boots from its disk. */
    static final MacAddress LOCAL = new MacAddress(0x5254000000ddL);

    /** Has a boot file as long as there can be. */
    static final MacAddress LONG = new MacAddress(0x5254000000eeL);

    private static final BootMenu MENU = new BootMenu(
            "Lab",
            List.of(new BootEntry.Linux("debian", "Debian 13", "/images/a/linux", List.of(), "")),
            "debian",
            Duration.ofSeconds(10));

    @Override
    public BootPlan plan(BootClient client) {
        if (client.mac().equals(LOCAL)) {
            return new BootPlan(new BootDecision.LocalBoot("local"), Optional.empty(), Optional.empty(), List.of());
        }
        return new BootPlan(
                new BootDecision.Netboot(MENU, Optional.empty(), "all"),
                Optional.of("loader"),
                Optional.of(program(client)),
                List.of());
    }

    private static NetworkProgram program(BootClient client) {
        boolean isHttp = client.transport() == BootTransport.HTTP;
        if (client.mac().equals(LONG)) {
            String path = "/" + "long/".repeat(24) + "/x.efi";
            return new NetworkProgram(path, isHttp ? BootTransport.HTTP : BootTransport.TFTP);
        }
        if (isHttp) {
            return new NetworkProgram("/images/a/slipway.efi", BootTransport.HTTP);
        }
        if (client.userClass().equals(Optional.of("iPXE"))) {
            return client.features().contains("http")
                    ? new NetworkProgram("/ipxe/boot.ipxe", BootTransport.HTTP)
                    : new NetworkProgram("/pxelinux.0");
        }
        return switch (client.architecture().toString()) {
            case "bios-x86" -> new NetworkProgram("/pxelinux.0");
            case "uefi-arm64" -> new NetworkProgram("/grub/grubaa64.efi");
            default -> new NetworkProgram("/grub/shimx64.efi");
        };
    }

    @Override
    public void learn(BootClient client, InetAddress address, Evidence how) {
        // Nobody asks.
    }

    @Override
    public Optional<BootClient> at(InetAddress address, String link) {
        throw new UnsupportedOperationException("DHCP teaches, it does not ask");
    }

    @Override
    public Optional<BootClient> find(MacAddress mac) {
        throw new UnsupportedOperationException("DHCP teaches, it does not ask");
    }
}
