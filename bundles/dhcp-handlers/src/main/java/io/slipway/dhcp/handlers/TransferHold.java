package io.slipway.dhcp.handlers;

import io.slipway.boot.Transfer;
import io.slipway.boot.Transfers;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which addresses have a transfer under way: a big image outlives a short lease, and its address must not go to another
 * machine meanwhile. Asked only when an address is about to be given away; all transfers are looked through at most once
 * a second. Guarded by the lock of {@link Leases}.
 */
final class TransferHold {

    private final Supplier<Optional<Transfers>> transfers;
    private Set<Integer> addresses = Set.of();
    private long readAt = Long.MIN_VALUE;

    /**
     * @param transfers gives nothing while nobody sends files
     */
    TransferHold(Supplier<Optional<Transfers>> transfers) {
        this.transfers = transfers;
    }

    /**
     * Whether an address has a transfer.
     *
     * @param address 32 bits
     */
    boolean holds(int address, long now) {
        if (now != readAt) {
            addresses = read();
            readAt = now;
        }
        return addresses.contains(address);
    }

    private Set<Integer> read() {
        Set<Integer> found = new HashSet<>();
        transfers.get().ifPresent(present -> {
            for (Transfer transfer : present.active()) {
                if (transfer.request().remote().getAddress() instanceof Inet4Address address) {
                    found.add(Addresses.bits(address));
                }
            }
        });
        return found;
    }
}
