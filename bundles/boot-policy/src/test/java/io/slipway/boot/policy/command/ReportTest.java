package io.slipway.boot.policy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlan;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import io.slipway.boot.policy.PolicyStatus;
import io.slipway.boot.policy.StatusFixture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final BootClient CLIENT = BootClient.builder(MacAddress.parse("52:54:00:12:34:56"))
            .architecture(FirmwareArchitecture.UEFI_X64)
            .build();

    private static String printed(Consumer<PrintStream> report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    @Test
    void tellsAWholePlan() {
        BootMenu menu = new BootMenu(
                "lab",
                List.of(
                        new BootEntry.Linux("d", "Debian", "/i/linux", List.of("/i/initrd"), "quiet"),
                        new BootEntry.LocalBoot("l", "Disk")),
                "d",
                Duration.ofSeconds(10));
        BootPlan plan = new BootPlan(
                new BootDecision.Netboot(menu, Optional.empty(), "group 'lab'"),
                Optional.of("grub"),
                Optional.of(new NetworkProgram("/shimx64.efi")),
                List.of("group 'lab'", "grub serves uefi-x64"));
        PolicyStatus status = StatusFixture.of("groups: {}", List.of());
        assertEquals("""
                Client     52:54:00:12:34:56, uefi-x64, fetches by tftp; not seen yet, \
                so only what is given here is known of it
                Decision   boot from the network
                Loader     grub
                Program    /shimx64.efi
                Because    group 'lab'
                           grub serves uefi-x64

                Menu       lab; d boots after 10 s

                Entry      d (default)
                Title      Debian
                Kernel     /i/linux
                Initrd     /i/initrd
                Arguments  quiet

                Entry      l
                Title      Disk
                Boots      the next device
                """, printed(out -> new PlanReport(out).print(CLIENT, false, Optional.empty(), plan, status)));
    }

    @Test
    void tellsWhyNothingIsBootedAndThatFilesAreRefused() {
        BootPlan plan =
                new BootPlan(new BootDecision.Ignore("nobody knows it"), Optional.empty(), Optional.empty(), List.of());
        PolicyStatus status = StatusFixture.of("groups: {}", List.of("grups: {}"));
        assertEquals("""
                Client     52:54:00:12:34:56, uefi-x64, fetches by tftp
                Decision   ignore
                Because    nobody knows it
                Note       the files in /etc/boot are refused, what they said before counts: \
                a.yaml:1:1: unknown key 'grups'; did you mean 'groups'?
                """, printed(out -> new PlanReport(out).print(CLIENT, true, Optional.empty(), plan, status)));
    }

    @Test
    void showsGroupsAndProfilesWithTheirPlaces() {
        String policy = "profiles: { d: { image: debian, loader: grub }, l: { local: true } }\n"
                + "groups: { lab: { match: { arch: uefi-x64 }, profiles: [d, l] } }";
        String text = printed(out -> new PolicyReport(out).print(StatusFixture.of(policy, List.of("["))));
        assertTrue(
                text.contains("Serves  2 profiles, 1 group, 0 machines in 1 file, since 2026-01-01T00:00:00Z\n"), text);
        assertTrue(text.contains("Refused a.yaml:1:2: "), text);
        List<String> rows =
                text.lines().map(row -> row.replaceAll("[\\s│|]+", " ").strip()).toList();
        assertTrue(rows.contains("lab arch=uefi-x64 d*, l 10 s a.yaml:2"), text);
        assertTrue(rows.contains("d d debian:latest grub a.yaml:1"), text);
        assertTrue(rows.contains("l l next boot device any a.yaml:1"), text);
    }

    @Test
    void badInputIsOneClearLine() {
        CommandException mac = assertThrows(CommandException.class, () -> ExplainCommand.address("52:54"));
        assertEquals("MAC address '52:54'; expected the form 52:54:00:12:34:56", mac.getMessage());
        CommandException arch =
                assertThrows(CommandException.class, () -> ExplainCommand.architecture(Optional.of("amd64")));
        assertTrue(arch.getMessage().startsWith("--arch amd64; expected one of bios-x86, "), arch.getMessage());
    }
}
