package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.dhcp.handlers.Chain;
import io.slipway.dhcp.handlers.ConfiguredSite;
import io.slipway.dhcp.handlers.LeaseIntake;
import io.slipway.dhcp.handlers.NetworkFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationAdmin;

class MovingCommandsTest {

    private static final String CONFIGURATION = """
            subnet 192.0.2.0 netmask 255.255.255.0 {
              range 192.0.2.100 192.0.2.119;
            }
            host web-1 { hardware ethernet 52:54:00:12:34:56; fixed-address 192.0.2.20; }
            omapi-port 7911;
            """;

    private static final String LEASES = """
            lease 192.0.2.117 {
              starts epoch 1000000;
              ends epoch 4102444800;
              hardware ethernet 52:54:00:aa:00:01;
            }
            """;

    @TempDir
    Path folder;

    private final Chain chain = Chain.fresh();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path etc;
    private String configuration;
    private String leases;

    @BeforeEach
    void files() throws IOException {
        etc = Files.createDirectory(folder.resolve("etc"));
        System.setProperty("karaf.etc", etc.toString());
        configuration =
                Files.writeString(folder.resolve("dhcpd.conf"), CONFIGURATION).toString();
        leases = Files.writeString(folder.resolve("dhcpd.leases"), LEASES).toString();
    }

    @AfterEach
    void forget() {
        System.clearProperty("karaf.etc");
    }

    /** Where nothing is configured. */
    private static NetworkFiles nothing() {
        return new NetworkFiles((ConfigurationAdmin) Proxy.newProxyInstance(
                ConfigurationAdmin.class.getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> null));
    }

    private String imports(String... words) throws CommandException, IOException, InterruptedException {
        ImportCommand command = new ImportCommand();
        command.words = new ArrayList<>(List.of(words));
        command.networks = nothing();
        command.configured = new ConfiguredSite(command.networks);
        command.intake = new LeaseIntake(chain.leases);
        command.machines = chain.machines();
        command.out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        command.execute();
        return printed.toString(StandardCharsets.UTF_8);
    }

    private boolean hasWritten() throws IOException {
        try (var all = Files.list(etc)) {
            return all.findAny().isPresent();
        }
    }

    @Test
    void whatIsTranslatedIsLookedAtFirst() throws CommandException, IOException, InterruptedException {
        Path review = folder.resolve("review");
        String text = imports(configuration, "--from", "isc", "--leases", leases, "--to=" + review);
        assertTrue(text.startsWith("1 networks, 0 groups, 1 machines are translated into " + review), text);
        assertTrue(text.contains("1 live leases would be taken with --apply"), text);
        assertTrue(text.contains("not translated (1):\n  " + configuration + ":5: omapi-port 7911: "), text);
        assertTrue(Files.exists(review.resolve("io.slipway.dhcp.subnet-192.0.2.0-24.cfg")));
        assertTrue(Files.exists(review.resolve("boot/imported.yaml")));
        assertFalse(hasWritten());
        assertEquals(List.of(), chain.leases.all());
    }

    @Test
    void whatIsAppliedIsInPlaceAndItsLeasesAreOurs() throws CommandException, IOException, InterruptedException {
        String text = imports(configuration, "--from", "isc", "--leases", leases, "--apply");
        assertTrue(text.contains("1 leases are taken and on the disk"), text);
        assertTrue(Files.exists(etc.resolve("io.slipway.dhcp.subnet-192.0.2.0-24.cfg")));
        assertEquals(
                MacAddress.parse("52:54:00:aa:00:01"),
                chain.restarted().leases.all().get(0).mac());
    }

    @Test
    void whatIsReservedByTheSameFilesIsNotLeasedToAnother() throws CommandException, IOException, InterruptedException {
        Files.writeString(Path.of(leases), LEASES.replace("192.0.2.117", "192.0.2.20"), StandardOpenOption.APPEND);
        String text = imports(configuration, "--from", "isc", "--leases", leases, "--apply");
        assertTrue(text.contains("1 leases are taken and on the disk"), text);
        assertTrue(text.contains("192.0.2.20 of 52:54:00:aa:00:01: it is reserved for machine web-1"), text);
    }

    @Test
    void whatIsThereIsNotReplacedUnlessItIsForced() throws CommandException, IOException, InterruptedException {
        imports(configuration, "--from", "isc", "--apply");
        String refusal = assertThrows(
                        CommandException.class,
                        () -> imports(configuration, "--from", "isc", "--leases", leases, "--apply"))
                .getMessage();
        assertTrue(refusal.contains("there are already io.slipway.dhcp.subnet-192.0.2.0-24.cfg"), refusal);
        assertEquals(List.of(), chain.leases.all());
        imports(configuration, "--from", "isc", "--leases", leases, "--apply", "--force");
        assertEquals(1, chain.leases.all().size());
    }

    @Test
    void aMachineThatIsKnownAlreadyIsAProblemBeforeAnythingIsChanged() throws IOException {
        chain.machines()
                .put(Machine.builder("other")
                        .mac(MacAddress.parse("52:54:00:12:34:56"))
                        .build());
        assertThrows(CommandException.class, () -> imports(configuration, "--from", "isc", "--apply"));
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(configuration + ":4: host web-1: there is the machine other"), text);
        assertFalse(hasWritten());
    }

    @Test
    void aBrokenFileIsRefusedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("dhcpd.conf"), "\nsubnet 192.0.2.0 netmask");
        String refusal = assertThrows(CommandException.class, () -> imports(configuration, "--from", "isc", "--apply"))
                .getMessage();
        assertTrue(refusal.startsWith(configuration + ":2: the file ends within 'subnet"), refusal);
        assertFalse(hasWritten());
    }

    @Test
    void wrongUsageSaysWhatIsExpected() {
        for (List<String> words : List.of(
                List.of(configuration),
                List.of(configuration, "--from", "windows"),
                List.of("--from", "isc"),
                List.of(configuration, "--from", "isc", "--aply"),
                List.of(configuration, "--from"),
                List.of("/nonexistent", "--from", "isc"),
                List.of(configuration, "--from", "isc", "--apply", "--to", "x"))) {
            assertThrows(CommandException.class, () -> imports(words.toArray(String[]::new)), words.toString());
        }
    }

    private String exports(String... words) throws CommandException, IOException {
        ExportCommand command = new ExportCommand();
        command.words = new ArrayList<>(List.of(words));
        command.configured = new ConfiguredSite(nothing());
        command.leases = chain.leases;
        command.out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        command.execute();
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anExportIsPrintedOrIntoAFileThatIsNotThereYet() throws CommandException, IOException {
        String csv = exports("--format", "kea-csv");
        assertTrue(csv.startsWith("address,hwaddr,client_id,valid_lifetime,expire,subnet_id,"), csv);
        Path file = folder.resolve("kea.json");
        exports("--format", "kea-json", file.toString());
        assertTrue(Files.readString(file).startsWith("{\n  \"Dhcp4\": {"));
        assertThrows(CommandException.class, () -> exports("--format", "kea-json", file.toString()));
        assertThrows(CommandException.class, () -> exports("--format", "xml"));
        assertThrows(CommandException.class, () -> exports());
    }
}
