package io.slipway.loader.uefi.http;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Bootloader;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.NetworkProgram;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * UEFI HTTP Boot itself (UEFI specification 2.10, section 24.7): the firmware fetches the EFI program of the entry that
 * boots by default and starts it. It shows no menu and hands over no arguments, so what needs either is left to other
 * loaders; where neither is needed this one is asked first. There is nothing to configure and nothing of its own to
 * serve: the program is a file of the boot content.
 */
@Component(
        service = Bootloader.class,
        property = {Bootloader.NAME + "=uefi-http", "service.ranking:Integer=100"})
public final class UefiHttpBootloader implements Bootloader {

    @Override
    public Optional<NetworkProgram> program(BootClient client, Netboot netboot) {
        BootMenu menu = netboot.menu();
        boolean waits = menu.entries().size() > 1 && !menu.timeout().isZero();
        return isUefiHttp(client) && !waits && menu.defaultEntry() instanceof BootEntry.EfiProgram program
                ? direct(program)
                : Optional.empty();
    }

    /** iPXE asks with its firmware's architecture, and can do more than the firmware. */
    private static boolean isUefiHttp(BootClient client) {
        return client.transport() == BootTransport.HTTP
                && !client.architecture().isSameKindAs(FirmwareArchitecture.BIOS_X86)
                && client.features().isEmpty();
    }

    private static Optional<NetworkProgram> direct(BootEntry.EfiProgram program) {
        boolean canBeTold = program.arguments().isBlank() && program.path().length() <= NetworkProgram.MAX_LENGTH;
        return canBeTold ? Optional.of(new NetworkProgram(program.path(), BootTransport.HTTP)) : Optional.empty();
    }

    /** Never: the firmware itself is what asks. */
    @Override
    public boolean isRunningOn(BootClient client) {
        return false;
    }

    /** None: images and folders serve the programs. */
    @Override
    public Optional<BootFile> find(BootRequest request) {
        return Optional.empty();
    }
}
