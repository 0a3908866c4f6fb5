package io.slipway.loader.uefi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UefiHttpBootloaderTest {

    private static final String PATH = "/images/sha256-" + "0".repeat(64) + "/debian-installer/amd64/linux.efi";
    private static final BootEntry UKI = program("uki", PATH, " ");
    private static final BootEntry LOCAL = new BootEntry.LocalBoot("local", "Local disk");

    private final UefiHttpBootloader loader = new UefiHttpBootloader();

    private static BootEntry program(String id, String path, String arguments) {
        return new BootEntry.EfiProgram(id, "A program", path, arguments);
    }

    private static BootClient client(int architecture) {
        return BootClient.builder(MacAddress.parse("52:54:00:12:34:56"))
                .architecture(new FirmwareArchitecture(architecture))
                .build();
    }

    private static Netboot netboot(Duration timeout, BootEntry... entries) {
        BootMenu menu = new BootMenu("Menu", List.of(entries), entries[0].id(), timeout);
        return new Netboot(menu, Optional.empty(), "a test");
    }

    private Optional<String> path(BootClient client, Netboot netboot) {
        return loader.program(client, netboot).map(NetworkProgram::path);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 18, 19, 28})
    void uefiHttpBootIsGivenTheProgramItself(int architecture) {
        assertEquals(
                Optional.of(new NetworkProgram(PATH, BootTransport.HTTP)),
                loader.program(client(architecture), netboot(Duration.ZERO, UKI)));
    }

    @Test
    void aVendorClassSaysHttpWhereTheCodeIsNotKnown() {
        BootClient strange =
                client(0x26).toBuilder().transport(BootTransport.HTTP).build();
        assertEquals(Optional.of(PATH), path(strange, netboot(Duration.ZERO, UKI)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 7, 9, 11, 20, 38, 65535})
    void othersAreNot(int architecture) {
        assertEquals(Optional.empty(), path(client(architecture), netboot(Duration.ZERO, UKI)));
    }

    @Test
    void ipxeIsNot() {
        BootClient ipxe = client(16).toBuilder().features(Set.of("http")).build();
        assertEquals(Optional.empty(), path(ipxe, netboot(Duration.ZERO, UKI)));
    }

    @Test
    void onlyWhereNobodyChooses() {
        Duration wait = Duration.ofSeconds(5);
        assertEquals(Optional.of(PATH), path(client(16), netboot(Duration.ZERO, UKI, LOCAL)));
        assertEquals(Optional.of(PATH), path(client(16), netboot(wait, UKI)));
        assertEquals(Optional.empty(), path(client(16), netboot(wait, UKI, LOCAL)));
        assertEquals(Optional.empty(), path(client(16), netboot(Duration.ZERO, LOCAL, UKI)));
    }

    @Test
    void whatNeedsALoaderIsLeftToOne() {
        BootEntry linux = new BootEntry.Linux("linux", "Linux", "/linux", List.of(), "");
        assertEquals(Optional.empty(), path(client(16), netboot(Duration.ZERO, linux)));
        assertEquals(Optional.empty(), path(client(16), netboot(Duration.ZERO, program("a", PATH, "quiet"))));
        String most = "/" + "a".repeat(126);
        assertEquals(Optional.of(most), path(client(16), netboot(Duration.ZERO, program("a", most, ""))));
        assertEquals(Optional.empty(), path(client(16), netboot(Duration.ZERO, program("a", most + "a", ""))));
    }

    @Test
    void itHasNoFilesOfItsOwn() {
        BootRequest request = new BootRequest(
                PATH,
                BootTransport.HTTP,
                new InetSocketAddress("192.0.2.10", 2070),
                new InetSocketAddress("192.0.2.1", 80),
                "eth0",
                Optional.of(client(16)),
                Optional.of(netboot(Duration.ZERO, UKI)));
        assertEquals(Optional.empty(), loader.find(request));
        assertFalse(loader.isRunningOn(client(16)));
        assertEquals(List.of(), loader.problems());
    }
}
