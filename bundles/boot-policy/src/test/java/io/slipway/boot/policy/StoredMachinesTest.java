package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.state.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Machines in the state store: what is written, and who hears of it. */
class StoredMachinesTest {

    private final MemoryStore store = new MemoryStore();

    static Machine machine(String name, int number) {
        return Machine.builder(name)
                .identity(MachineValues.mac("52:54:00:00:00:%02x".formatted(number)))
                .address(Addresses.parse("10.0.0." + number))
                .build();
    }

    private StoredMachines open() {
        try {
            return new StoredMachines(store);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Machine> find(StoredMachines machines, int number) {
        return machines.index().find(MachineValues.mac("52:54:00:00:00:%02x".formatted(number)));
    }

    @Test
    void aRecordIsReadableAndSaysAll() {
        Machine all = machine("web-1", 7).toBuilder()
                .identity(MachineValues.uuid("6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60"))
                .identity(new MachineIdentity.ClientId("ff"))
                .identity(new MachineIdentity.CircuitId("457468312f302f37"))
                .address(Addresses.parse("10.0.0.3"))
                .label("rack", "r = 12")
                .dhcpOption("host-name", "wéb")
                .leaseTime(Duration.ofHours(12))
                .build();
        assertEquals("""
                machine 1
                circuit-id 0x457468312f302f37
                client-id 0xff
                mac 52:54:00:00:00:07
                uuid 6b1f3a52-0c8e-4f5d-9a3e-1d2c3b4a5f60
                address 10.0.0.7
                address 10.0.0.3
                label rack=r = 12
                option host-name=wéb
                lease-time 43200
                """, new String(MachineRecord.encode(all), StandardCharsets.UTF_8));
        assertEquals(all, MachineRecord.decode(new Entry(MachineRecord.key("web-1"), MachineRecord.encode(all), 1)));
    }

    @Test
    void aMachineSurvivesARestart() {
        Machine web = machine("web-1", 1);
        StoredMachines machines = open();
        machines.put(web).toCompletableFuture().join();
        machines.close();
        assertEquals(Optional.of(web), find(open(), 1));
        assertTrue(open().remove("web-1").toCompletableFuture().join());
        assertTrue(find(open(), 1).isEmpty());
        assertFalse(open().remove("web-1").toCompletableFuture().join());
    }

    @Test
    void anotherNodeHearsOfEachChange() {
        StoredMachines here = open();
        StoredMachines there = open();
        here.put(machine("web-1", 1)).toCompletableFuture().join();
        assertEquals("web-1", find(there, 1).orElseThrow().name());
        here.put(machine("web-1", 2)).toCompletableFuture().join();
        assertTrue(find(there, 1).isEmpty());
        assertEquals("web-1", find(there, 2).orElseThrow().name());
        assertEquals(
                Optional.empty(),
                there.index().find(Addresses.parse("10.0.0.1")).map(Machine::name));
        here.remove("web-1").toCompletableFuture().join();
        assertTrue(find(there, 2).isEmpty());
        here.close();
        there.close();
        assertTrue(store.watchers.isEmpty());
    }

    @Test
    void whatAnotherHasIsRefusedAlsoWhileItIsOnItsWayToTheDisk() {
        StoredMachines machines = open();
        store.isHolding = true;
        CompletableFuture<Void> first = machines.put(machine("a", 1)).toCompletableFuture();
        assertTrue(find(machines, 1).isEmpty());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> machines.put(machine("b", 1)));
        assertEquals("MAC 52:54:00:00:00:01 is that of machine 'a'", refused.getMessage());
        CompletableFuture<Void> second = machines.put(machine("a", 2)).toCompletableFuture();
        assertFalse(first.isDone() || second.isDone());
        store.release();
        assertTrue(first.isDone() && second.isDone());
        assertEquals("a", find(machines, 2).orElseThrow().name());
        assertTrue(find(machines, 1).isEmpty());
        refused = assertThrows(IllegalArgumentException.class, () -> machines.put(machine("b", 2)));
        assertEquals("MAC 52:54:00:00:00:02 is that of machine 'a'", refused.getMessage());
        machines.put(machine("b", 1)).toCompletableFuture().join();
    }

    @Test
    void whatIsNotStoredIsNotPromised() {
        StoredMachines machines = open();
        store.isBroken = true;
        CompletionException failed = assertThrows(
                CompletionException.class,
                () -> machines.put(machine("a", 1)).toCompletableFuture().join());
        assertEquals("disk full", failed.getCause().getMessage());
        store.isBroken = false;
        machines.put(machine("b", 1)).toCompletableFuture().join();
        assertEquals("b", find(machines, 1).orElseThrow().name());
    }

    @Test
    void aStoreThatCannotBeReadIsNoEmptyStore() {
        store.isBroken = true;
        assertThrows(IOException.class, () -> new StoredMachines(store));
    }

    @Test
    void twoNodesThatStoreTheSameAgreeOnTheFirstByName() {
        StoredMachines machines = open();
        store.write("b", "machine 1\nmac 52:54:00:00:00:01\n");
        store.write("a", "machine 1\nmac 52:54:00:00:00:01\naddress 10.0.0.1\n");
        assertEquals("a", find(machines, 1).orElseThrow().name());
        assertEquals("a", find(open(), 1).orElseThrow().name());
        Machine b = machines.index().named("b").orElseThrow();
        assertEquals(
                Optional.of("MAC 52:54:00:00:00:01 is that of machine 'a'"),
                machines.index().rival(b));
        machines.remove("a").toCompletableFuture().join();
        assertEquals("b", find(machines, 1).orElseThrow().name());
        assertTrue(machines.index().rival(b).isEmpty());
    }

    @Test
    void aRecordThatCannotBeReadKeepsTheOthersAndWhatWasKnown() {
        store.write("a", "machine 2\n");
        store.write("b", "machine 1\nmac 52:54:00:00:00:01\n");
        StoredMachines machines = open();
        assertEquals(1, machines.index().all().size());
        store.write("b", "machine 1\nlid open\n");
        assertEquals("b", find(machines, 1).orElseThrow().name());
    }

    @Test
    void lostChangesAreReadAgain() {
        StoredMachines machines = open();
        machines.put(machine("a", 1)).toCompletableFuture().join();
        store.records.clear();
        store.records.put(MachineRecord.key("b"), MachineRecord.encode(machine("b", 2)));
        machines.lost();
        assertTrue(find(machines, 1).isEmpty());
        assertEquals("b", find(machines, 2).orElseThrow().name());
        assertEquals(1, store.watchers.size());
    }
}
