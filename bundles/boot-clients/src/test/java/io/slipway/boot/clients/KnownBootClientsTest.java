package io.slipway.boot.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients.Evidence;
import io.slipway.boot.MacAddress;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KnownBootClientsTest {

    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final InetAddress OTHER = other();

    private final FakeStore store = new FakeStore();

    private static InetAddress other() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BootClient client(int number) {
        return BootClient.builder(new MacAddress(0x525400000000L + number))
                .link("eth0")
                .build();
    }

    private KnownBootClients open(int maximum) {
        return new KnownBootClients(new KnownBootClients.Settings(maximum), store);
    }

    @Test
    void aRestartForgetsNobody() throws Exception {
        KnownBootClients before = open(10);
        before.learn(client(1), ADDRESS, Evidence.LEASE);
        before.learn(client(2), ADDRESS, Evidence.PXE_REQUEST);
        before.close();
        // Written in one batch: both have the same time, and only one of them can have the address.
        KnownBootClients after = open(10);
        assertEquals(
                Optional.of(ADDRESS), after.find(client(1).mac()).orElseThrow().address());
        assertTrue(after.at(ADDRESS, "eth0").isPresent());
        after.close();
    }

    /** An interface has the same identifier under each prefix, the link-local one first (RFC 4862 section 5.3). */
    @Test
    void anIpv6AddressOfItsMacIsTheClients() throws Exception {
        KnownBootClients clients = open(10);
        InetAddress ofItsMac = InetAddress.getByName("fe80::5054:ff:fe00:1");
        assertEquals(Optional.empty(), clients.at(ofItsMac, "eth0"));
        clients.learn(client(1), ADDRESS, Evidence.LEASE);
        assertEquals(Optional.of(client(1).mac()), clients.at(ofItsMac, "eth0").map(BootClient::mac));
        assertEquals(Optional.empty(), clients.at(ofItsMac, "eth1"));
        assertEquals(Optional.empty(), clients.at(InetAddress.getByName("fe80::1"), "eth0"));
        assertEquals(Optional.of(ADDRESS), clients.find(client(1).mac()).flatMap(BootClient::address));
        clients.close();
    }

    @Test
    void learningTheSameAgainWritesNothing() {
        KnownBootClients clients = open(10);
        for (int i = 0; i < 100; i++) {
            clients.learn(client(1), ADDRESS, Evidence.LEASE);
        }
        clients.close();
        assertEquals(1, store.writes.get());
    }

    /** Of 50,000 desks that only want an address, none costs a second record beside its lease. */
    @Test
    void whatNeverBootsIsKnownButNotStored() {
        KnownBootClients clients = open(2);
        for (int i = 1; i <= 3; i++) {
            clients.learn(client(i), ADDRESS, Evidence.HOST_LEASE);
        }
        assertTrue(clients.find(client(3).mac()).isPresent());
        assertTrue(clients.find(client(1).mac()).isEmpty());
        clients.close();
        assertEquals(0, store.writes.get());
    }

    @Test
    void anOperatingSystemsLeaseLeavesTheFirmwareKnown() {
        KnownBootClients before = open(10);
        BootClient firmware =
                client(1).toBuilder().vendorClass("PXEClient:Arch:00000").build();
        before.learn(firmware, InetAddress.getLoopbackAddress(), Evidence.LEASE);
        before.learn(client(1), OTHER, Evidence.HOST_LEASE);
        before.close();
        KnownBootClients after = open(10);
        BootClient known = after.find(client(1).mac()).orElseThrow();
        assertEquals(Optional.of(OTHER), known.address());
        assertEquals(firmware.vendorClass(), known.vendorClass());
        after.close();
    }

    @Test
    void learningNeverWaitsForTheStore() {
        store.gate = new CompletableFuture<>();
        KnownBootClients clients = open(1000);
        for (int i = 0; i < 500; i++) {
            clients.learn(client(i), ADDRESS, Evidence.LEASE);
        }
        assertTrue(store.records.isEmpty());
        assertTrue(clients.at(ADDRESS, "eth0").isPresent());
        store.gate.complete(null);
        clients.close();
        assertEquals(500, store.records.size());
    }

    @Test
    void whoIsForgottenIsDeleted() {
        KnownBootClients clients = open(2);
        for (int i = 1; i <= 3; i++) {
            clients.learn(client(i), ADDRESS, Evidence.LEASE);
        }
        clients.close();
        assertFalse(store.records.containsKey(ClientRecord.key(client(1).mac())));
        assertEquals(2, store.records.size());
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWithTheNextChange() {
        store.isBroken = true;
        KnownBootClients clients = open(10);
        clients.learn(client(1), ADDRESS, Evidence.LEASE);
        clients.close();
        assertTrue(store.records.isEmpty());
        ClientArchive archive = new ClientArchive(store, 10);
        archive.note(client(1).mac(), Optional.of(client(1)));
        store.isBroken = false;
        archive.note(client(2).mac(), Optional.of(client(2)));
        archive.close();
        assertEquals(2, store.records.size());
    }

    @Test
    void aClientThatNoRecordCanHoldKeepsNoOtherFromBeingStored() {
        store.gate = new CompletableFuture<>();
        KnownBootClients clients = open(10);
        clients.learn(client(1), ADDRESS, Evidence.LEASE);
        // Both wait behind the first, and are then written in one batch.
        clients.learn(client(2).toBuilder().label("owner", "x".repeat(70_000)).build(), ADDRESS, Evidence.LEASE);
        clients.learn(client(3), ADDRESS, Evidence.LEASE);
        store.gate.complete(null);
        clients.close();
        assertFalse(store.records.containsKey(ClientRecord.key(client(2).mac())));
        assertTrue(store.records.containsKey(ClientRecord.key(client(3).mac())));
    }

    @Test
    void anUnreadableRecordIsLeftOut() {
        store.records.put(ClientRecord.key(client(1).mac()), new byte[] {99});
        KnownBootClients clients = open(10);
        assertEquals(Optional.empty(), clients.find(client(1).mac()));
        clients.close();
    }

    @Test
    void aBrokenSettingIsRefused() {
        for (String wrong : List.of("0", "many", "")) {
            String message = assertThrows(IllegalArgumentException.class, () -> KnownBootClients.Settings.of(wrong))
                    .getMessage();
            assertEquals(
                    "etc/io.slipway.boot.clients.cfg: maximumClients = " + wrong + "; expected 1 to 2147483647",
                    message);
        }
        assertEquals(new KnownBootClients.Settings(16), KnownBootClients.Settings.of(" 16 "));
    }
}
