package io.slipway.boot.policy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.policy.MachinesFixture;
import io.slipway.boot.policy.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MachineCommandsTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private MachinesFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new MachinesFixture(new MemoryStore());
        fixture.write("machines:\n  web-1: { mac: 52:54:00:00:00:01, labels: { rack: r1 } }\n");
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private String printed() {
        String text = bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
        bytes.reset();
        return text;
    }

    private MachineAddCommand adding(String name, String... macs) {
        MachineAddCommand command = new MachineAddCommand();
        command.machines = fixture.machines();
        command.out = out;
        command.name = name;
        command.macs = List.of(macs);
        return command;
    }

    private void addDatabase() throws Exception {
        MachineAddCommand command = adding("db-1", "525400000002");
        command.uuids = List.of("6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60");
        command.circuitIds = List.of("Eth1/0/7");
        command.clientIds = List.of("01:52:54:00:00:00:02");
        command.addresses = List.of("10.0.0.2");
        command.labels = List.of("rack=r2", "role=db");
        command.options = List.of("host-name=db-1", "224.string=a=b");
        command.leaseTime = "12h";
        command.execute();
        assertEquals("machine db-1 is added\n", printed());
    }

    private String show(String wanted) throws CommandException {
        MachineShowCommand command = new MachineShowCommand();
        command.machines = fixture.machines();
        command.out = out;
        command.wanted = wanted;
        command.execute();
        return printed();
    }

    private MachineListCommand listing() {
        MachineListCommand command = new MachineListCommand();
        command.machines = fixture.machines();
        command.out = out;
        return command;
    }

    private String names(MachineListCommand command) throws CommandException {
        command.execute();
        String text = printed();
        return text.contains("---")
                ? String.join(
                        " ",
                        text.lines().skip(2).map(line -> line.split(" ")[0]).toList())
                : text.strip();
    }

    private String label(String name, String... changes) throws Exception {
        MachineLabelCommand command = new MachineLabelCommand();
        command.machines = fixture.machines();
        command.out = out;
        command.name = name;
        command.changes = List.of(changes);
        command.execute();
        return printed();
    }

    private String remove(String name) throws Exception {
        MachineRemoveCommand command = new MachineRemoveCommand();
        command.machines = fixture.machines();
        command.out = out;
        command.name = name;
        command.execute();
        return printed();
    }

    @Test
    void showsAllThatWasAdded() throws Exception {
        addDatabase();
        String all = """
                Machine     db-1
                Defined by  command
                Circuit id  Eth1/0/7
                Client id   01:52:54:00:00:00:02
                MAC         52:54:00:00:00:02
                UUID        6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60
                Reserved    10.0.0.2
                Label       rack=r2
                Label       role=db
                Option      224.string=a=b
                Option      host-name=db-1
                Lease time  43200 s at most
                """;
        for (String wanted : List.of("db-1", "52-54-00-00-00-02", "6B1F3A52-0C8E-4F5D-9A3E-1D2C3B4A5F60", "10.0.0.2")) {
            assertEquals(all, show(wanted));
        }
        assertTrue(show("web-1").contains("Defined by  a.yaml:2\n"));
        assertEquals(
                "there is no machine '10.0.0.9'; machine:list shows those that there are",
                assertThrows(CommandException.class, () -> show("10.0.0.9")).getMessage());
    }

    @Test
    void flagsMayStandBehindTheName() throws Exception {
        MachineAddCommand command = adding("db-1");
        command.macs = new ArrayList<>();
        command.late = List.of("--mac", "525400000002", "--mac=525400000003", "--lease-time", "5m");
        command.execute();
        printed();
        assertEquals("""
                Machine     db-1
                Defined by  command
                MAC         52:54:00:00:00:02
                MAC         52:54:00:00:00:03
                Lease time  300 s at most
                """, show("db-1"));
        MachineAddCommand unknown = adding("x");
        unknown.late = List.of("--ip", "10.0.0.1");
        assertTrue(assertThrows(CommandException.class, unknown::execute)
                .getMessage()
                .startsWith("'--ip'; expected one of --address, --circuit-id"));
        unknown.late = List.of("--mac");
        assertEquals(
                "--mac needs a value",
                assertThrows(CommandException.class, unknown::execute).getMessage());
    }

    @Test
    void listsWhatTheFiltersLeave() throws Exception {
        addDatabase();
        assertEquals("db-1 web-1", names(listing()));
        MachineListCommand byName = listing();
        byName.name = "web-*";
        assertEquals("web-1", names(byName));
        MachineListCommand byLabel = listing();
        byLabel.labels = List.of("rack=r*", "role=db");
        assertEquals("db-1", names(byLabel));
        MachineListCommand byMac = listing();
        byMac.mac = "52-54-00-00-00-01";
        assertEquals("web-1", names(byMac));
        MachineListCommand byAddress = listing();
        byAddress.address = "10.0.0.*";
        assertEquals("db-1", names(byAddress));
        MachineListCommand shadowed = listing();
        shadowed.shadowed = true;
        assertEquals("No such machines.", names(shadowed));
        fixture.write("machines: { x: { mac: 525400000002 } }");
        assertEquals("db-1", names(shadowed));
        assertTrue(show("db-1").contains("Not served  MAC 52:54:00:00:00:02 is that of machine 'x' in a.yaml:1\n"));
    }

    @Test
    void labelsAreSetAndRemoved() throws Exception {
        addDatabase();
        assertEquals("machine db-1 has rack=r3, row=4\n", label("db-1", "rack=r3", "role-", "row=4"));
        assertEquals("machine db-1 has no labels\n", label("db-1", "rack-", "row-"));
        assertEquals(
                "machine 'db-1' has no label 'rack'",
                assertThrows(CommandException.class, () -> label("db-1", "rack-"))
                        .getMessage()
                        .split(";")[0]);
        assertEquals(
                "machine 'web-1' is defined in a.yaml:2; label it there",
                assertThrows(CommandException.class, () -> label("web-1", "a=b"))
                        .getMessage());
        assertEquals(
                "label 'Rack'; expected lower-case letters, digits and . _ -, at most 64",
                assertThrows(CommandException.class, () -> label("db-1", "Rack=1"))
                        .getMessage());
    }

    @Test
    void removesWhatWasAddedAndNothingElse() throws Exception {
        addDatabase();
        assertEquals("machine db-1 is removed\n", remove("db-1"));
        assertEquals(
                "there is no machine 'db-1'; machine:list shows those that there are",
                assertThrows(CommandException.class, () -> remove("db-1")).getMessage());
        assertEquals(
                "machine 'web-1' is defined in a.yaml:2; remove it there",
                assertThrows(CommandException.class, () -> remove("web-1")).getMessage());
        addDatabase();
        fixture.write("machines: { db-1: { mac: 525400000009 } }");
        assertEquals("machine db-1 is removed; the one in a.yaml:1 stays\n", remove("db-1"));
    }

    @Test
    void refusesWhatIsThereAlreadyOrWrong() throws Exception {
        addDatabase();
        assertTrue(assertThrows(CommandException.class, () -> adding("db-1", "525400000005")
                        .execute())
                .getMessage()
                .startsWith("machine 'db-1' is there already (command)"));
        assertEquals(
                "MAC 52:54:00:00:00:02 is that of machine 'db-1'",
                assertThrows(CommandException.class, () -> adding("x", "525400000002")
                                .execute())
                        .getMessage());
        assertTrue(assertThrows(CommandException.class, () -> adding("x").execute())
                .getMessage()
                .startsWith("machine 'x' has nothing to be told by"));
        MachineAddCommand noPair = adding("x", "525400000005");
        noPair.labels = List.of("rack");
        assertEquals(
                "--label rack; expected the form name=value",
                assertThrows(CommandException.class, noPair::execute).getMessage());
        MachineAddCommand badAddress = adding("x", "525400000005");
        badAddress.addresses = List.of("10.0.0");
        assertTrue(assertThrows(CommandException.class, badAddress::execute)
                .getMessage()
                .startsWith("'10.0.0' is not an IPv4 address"));
    }
}
