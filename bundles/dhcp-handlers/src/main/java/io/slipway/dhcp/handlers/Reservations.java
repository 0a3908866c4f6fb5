package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.Machines;
import io.slipway.dhcp.codec.Addresses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses that are reserved for machines. Guarded by the lock of {@link Leases}. */
final class Reservations {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Complaints that are remembered, so that each is made once. */
    private static final int MOST_COMPLAINTS = 10_000;

    private final Supplier<Optional<Machines>> machines;

    /** By reserved address: the client that held it when that was complained of. */
    private final Map<Integer, Long> complaints = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > MOST_COMPLAINTS;
        }
    };

    /**
     * @param machines gives nothing while nobody knows of machines: then nothing is reserved
     */
    Reservations(Supplier<Optional<Machines>> machines) {
        this.machines = machines;
    }

    /** Whether an address is kept for a machine that is not the one that asks. */
    boolean isForAnother(int address, Requester who) {
        Optional<Machines> present = machines.get();
        return present.isPresent()
                && present.get()
                        .holding(Addresses.of(address))
                        .filter(machine -> !who.isMachine(machine))
                        .isPresent();
    }

    /** A machine does not get its address because another client holds it. Said once for each who does. */
    void complain(Machine machine, Slot held, long now) {
        Long holder = held.mac();
        if (!holder.equals(complaints.put(held.address(), holder))) {
            LOG.warn(
                    "{} is reserved for machine {}, which gets another address for now: {} has it for {} s more."
                            + " Wait, or look for who that is, or correct the reservation",
                    Addresses.of(held.address()).getHostAddress(),
                    machine.name(),
                    held.is(Lease.State.DECLINED) ? "something without a lease" : new MacAddress(held.mac()),
                    Math.max(0, held.end() - now));
        }
    }

    /** A machine has its address. */
    void settled(int address) {
        complaints.remove(address);
    }
}
