package io.slipway.boot.policy;

import static io.slipway.boot.policy.StoredMachinesTest.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.Addresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files and the state store as one. */
class KnownMachinesTest {

    private static final String FILE = """
            machines:
              web-1: { mac: 52:54:00:00:00:01, address: 10.0.0.1, labels: { rack: r1 } }
            groups:
              racks: { match: { rack: r1 }, ignore: in a rack }
              others: { match: {}, ignore: no rack }
              one: { match: { machine: db-1 }, ignore: the database }
            """;

    private final MemoryStore store = new MemoryStore();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private MachinesFixture fixture;

    @BeforeEach
    void open() throws IOException {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        fixture = new MachinesFixture(store);
        fixture.write(FILE);
    }

    @AfterEach
    void close() throws Exception {
        System.setErr(stderr);
        fixture.close();
    }

    private KnownMachines machines() {
        return fixture.machines();
    }

    private void put(Machine machine) {
        machines().put(machine).toCompletableFuture().join();
    }

    private String refused(Machine machine) {
        return assertThrows(IllegalArgumentException.class, () -> machines().put(machine))
                .getMessage();
    }

    private List<String> warnings() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" WARN "))
                .map(line -> line.substring(line.indexOf(" - ") + 3))
                .toList();
    }

    @Test
    void findsBothByAllThatTellsThem() {
        put(machine("db-1", 2));
        for (String name : List.of("web-1", "db-1")) {
            Machine found = machines().named(name).orElseThrow();
            found.identities()
                    .forEach(identity ->
                            assertEquals(Optional.of(found), machines().find(identity)));
            found.addresses()
                    .forEach(address ->
                            assertEquals(Optional.of(found), machines().holding(address)));
        }
        assertEquals(
                List.of("db-1", "web-1"),
                machines().all().stream().map(Machine::name).toList());
        assertTrue(machines().holding(Addresses.parse("10.0.0.3")).isEmpty());
    }

    @Test
    void refusesWhatAFileHas() {
        assertEquals(
                "machine 'web-1' is not taken: name 'web-1' is that of machine 'web-1' in a.yaml:2",
                refused(machine("web-1", 9)));
        assertEquals(
                "machine 'x' is not taken: MAC 52:54:00:00:00:01 is that of machine 'web-1' in a.yaml:2",
                refused(machine("x", 1)));
        assertEquals(
                "machine 'web-1' is defined in a.yaml:2; remove it there",
                assertThrows(IllegalArgumentException.class, () -> machines().remove("web-1"))
                        .getMessage());
    }

    @Test
    void refusesWhatNoMachineCanHave() {
        assertTrue(refused(Machine.builder("x").build()).startsWith("machine 'x' has nothing to be told by"));
        assertTrue(refused(machine("a b", 3)).startsWith("machine name 'a b'; expected"));
        assertTrue(
                refused(machine("x", 3).toBuilder().label("mac", "1").build()).startsWith("label 'mac' is what"));
        assertTrue(
                refused(machine("x", 3).toBuilder().label("a", "1\n2").build()).startsWith("label 'a'; expected"));
        assertTrue(
                refused(machine("x", 3).toBuilder().dhcpOption("hostname", "y").build())
                        .startsWith("unknown option 'hostname'; did you mean 'host-name'?"));
        assertTrue(refused(machine("x", 3).toBuilder()
                        .dhcpOption("host-name", "a\nb")
                        .build())
                .startsWith("option 'host-name'; expected a value on one line"));
        assertTrue(refused(machine("x", 3).toBuilder().uuid(new UUID(0, 0)).build())
                .contains("firmware without one"));
        assertTrue(store.records.isEmpty());
    }

    @Test
    void aFileWinsAndTheStoredOneIsShownAsShadowedAndWarnedOfOnce() throws IOException {
        put(machine("web-2", 2));
        put(machine("db-1", 3));
        fixture.write(FILE.replace("10.0.0.1", "10.0.0.2"));
        assertTrue(machines().named("web-2").isEmpty());
        assertTrue(machines().find(MachineValues.mac("52:54:00:00:00:02")).isEmpty());
        assertEquals(
                "web-1",
                machines().holding(Addresses.parse("10.0.0.2")).orElseThrow().name());
        assertEquals(
                Optional.of("address 10.0.0.2 is that of machine 'web-1' in a.yaml:2"),
                machines().entry("web-2").orElseThrow().shadowed());
        fixture.write(FILE.replace("10.0.0.1", "10.0.0.2") + "\n");
        assertEquals(
                List.of("stored machine 'web-2' is not served: address 10.0.0.2 is that of machine 'web-1' in a.yaml:2;"
                        + " remove one of the two (machine:remove web-2)"),
                warnings());
        fixture.write(FILE);
        assertTrue(machines().named("web-2").isPresent());
        fixture.write(FILE.replace("10.0.0.1", "10.0.0.2"));
        assertEquals(2, warnings().size(), log::toString);
    }

    @Test
    void aShadowedMachineOfAFilesNameCanBeRemoved() throws IOException {
        put(machine("web-2", 2));
        fixture.write(FILE.replace("web-1", "web-2"));
        assertTrue(machines().remove("web-2").toCompletableFuture().join());
        assertTrue(machines().named("web-2").isPresent());
        assertTrue(store.records.isEmpty());
    }

    @Test
    void manyShadowsDoNotFloodTheLog() throws IOException {
        StringBuilder file = new StringBuilder("machines:\n");
        for (int i = 2; i < 102; i++) {
            put(machine("s" + i, i));
            file.append("  f").append(i).append(": { mac: 5254000000%02x }\n".formatted(i));
        }
        fixture.write(file.toString());
        assertEquals(21, warnings().size());
        assertEquals(
                "80 more stored machines are not served; machine:list --shadowed shows all",
                warnings().get(20));
    }

    @Test
    void yesterdaysMachinesServeOnWhileABrokenFileIsRefused() throws IOException {
        fixture.refused("machines: { web-9: { mac: 52:54:00:00:00:09 }, x: { mac: y } }");
        assertTrue(machines().named("web-1").isPresent());
        assertTrue(machines().named("web-9").isEmpty());
    }

    @Test
    void anotherNodesContradictionIsWarnedOf() {
        store.write("z", "machine 1\nmac 52:54:00:00:00:01\n");
        assertEquals(1, warnings().size(), log::toString);
        put(machine("m", 5));
        store.write("b", "machine 1\nmac 52:54:00:00:00:05\n");
        assertTrue(
                warnings()
                        .get(1)
                        .startsWith(
                                "stored machine 'm' is not served: MAC 52:54:00:00:00:05 is that of" + " machine 'b'"),
                log::toString);
        assertEquals(
                "b",
                machines()
                        .find(MachineValues.mac("52:54:00:00:00:05"))
                        .orElseThrow()
                        .name());
        machines().remove("b").toCompletableFuture().join();
        assertEquals(
                "m",
                machines()
                        .find(MachineValues.mac("52:54:00:00:00:05"))
                        .orElseThrow()
                        .name());
    }

    private String reason(BootClient client) {
        return fixture.decide(client).reason();
    }

    @Test
    void groupsSelectOnWhatIsKnownOfAMachine() {
        assertEquals(
                "machine 'web-1' (a.yaml:2), group 'racks' (a.yaml:4): in a rack",
                reason(Policies.client("52:54:00:00:00:01")));
        assertEquals("group 'others' (a.yaml:5): no rack", reason(Policies.client("52:54:00:00:00:02")));
        put(machine("db-1", 2));
        assertEquals(
                "machine 'db-1' (command), group 'one' (a.yaml:6): the database",
                reason(Policies.client("52:54:00:00:00:02")));
        machines().remove("db-1").toCompletableFuture().join();
        assertEquals("group 'others' (a.yaml:5): no rack", reason(Policies.client("52:54:00:00:00:02")));
    }

    @Test
    void theMacIsBelievedBeforeTheUuid() {
        UUID shared = UUID.fromString("03000200-0400-0500-0006-000700080009");
        put(machine("db-1", 2).toBuilder().uuid(shared).build());
        BootClient other =
                Policies.client("52:54:00:00:00:08").toBuilder().uuid(shared).build();
        assertTrue(reason(other).startsWith("machine 'db-1'"));
        BootClient web =
                Policies.client("52:54:00:00:00:01").toBuilder().uuid(shared).build();
        assertTrue(reason(web).startsWith("machine 'web-1'"));
    }

    @Test
    void whatTheFirmwareSaysOfItselfIsNotOverwritten() {
        BootClient client = Policies.client("52:54:00:00:00:01");
        BootClient labelled = MachineDirectory.labelled(
                client,
                Machine.builder("m")
                        .label("arch", "bios-x86")
                        .label("rack", "r1")
                        .build());
        assertEquals("uefi-x64", labelled.labels().get("arch"));
        assertEquals("r1", labelled.labels().get("rack"));
        assertEquals("m", labelled.labels().get("machine"));
        assertFalse(client.labels().containsKey("machine"));
    }
}
