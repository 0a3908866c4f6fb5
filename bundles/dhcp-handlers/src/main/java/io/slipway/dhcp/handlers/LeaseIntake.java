package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.dhcp.handlers.migration.SiteHost;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Takes over what another server has leased. */
@Component(service = LeaseIntake.class)
public final class LeaseIntake {

    private static final int PATIENCE_SECONDS = 60;

    /** So many are on their way to the disk at a time. */
    private static final int BATCH = 1000;

    /** A lease that was not taken, and why. */
    public record Conflict(Lease lease, String why) {
        public Conflict {
            Objects.requireNonNull(lease, "lease");
            Objects.requireNonNull(why, "why");
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Machines machines;

    private final Leases leases;

    @Activate
    public LeaseIntake(@Reference Leases leases) {
        this.leases = leases;
    }

    /**
     * Takes leases; what is taken is durable afterwards.
     *
     * @param arriving machines that come with them: their files may not have been read yet
     * @param taking the network that an address lies in, by name; a lease of none is not taken
     * @return those that were not taken
     * @throws IOException one could not be stored; those before it are
     */
    public List<Conflict> take(
            Collection<Lease> others, Collection<SiteHost> arriving, Function<Inet4Address, Optional<Network>> taking)
            throws IOException, InterruptedException {
        Map<Inet4Address, SiteHost> holders = new HashMap<>();
        arriving.forEach(host -> host.addresses().forEach(address -> holders.put(address, host)));
        List<Conflict> conflicts = new ArrayList<>();
        List<Claim.Granted> waiting = new ArrayList<>();
        for (Lease lease : others) {
            if (isHere(lease)) {
                continue;
            }
            Optional<String> obstacle = obstacle(lease, holders, taking.apply(lease.address()));
            if (obstacle.isPresent()) {
                conflicts.add(new Conflict(lease, obstacle.get()));
                continue;
            }
            Claim claim = leases.desk().adopt(lease);
            if (claim instanceof Claim.Refused refused) {
                conflicts.add(new Conflict(lease, refused.reason()));
            }
            claim.granted().ifPresent(waiting::add);
            if (waiting.size() == BATCH) {
                await(waiting);
            }
        }
        await(waiting);
        return conflicts;
    }

    /** Whether the client has it here already, and for as long. */
    private boolean isHere(Lease lease) {
        return leases.at(lease.address())
                .filter(known -> known.state() == Lease.State.BOUND
                        && known.mac().equals(lease.mac())
                        && known.end() >= lease.end())
                .isPresent();
    }

    private Optional<String> obstacle(Lease lease, Map<Inet4Address, SiteHost> holders, Optional<Network> network) {
        if (network.isEmpty()) {
            return Optional.of("no network has this address");
        }
        Optional<String> another = Optional.ofNullable(machines)
                .flatMap(known -> known.holding(lease.address()))
                .filter(machine -> !isOf(lease, machine.identities()))
                .map(Machine::name)
                .or(() -> Optional.ofNullable(holders.get(lease.address()))
                        .filter(host -> !isOf(lease, host.identities()))
                        .map(SiteHost::name));
        if (another.isPresent()) {
            return Optional.of("it is reserved for machine " + another.get());
        }
        return leases.of(lease.mac()).stream()
                .filter(other -> other.state() == Lease.State.BOUND
                        && !other.address().equals(lease.address())
                        && network.get().contains(other.address())
                        && leases.remaining(other).toSeconds() > 0)
                .map(other -> "the client has " + other.address().getHostAddress() + " here")
                .findFirst();
    }

    private static boolean isOf(Lease lease, Collection<MachineIdentity> identities) {
        return identities.contains(new MachineIdentity.Mac(lease.mac()))
                || (!lease.clientId().isEmpty() && identities.contains(new MachineIdentity.ClientId(lease.clientId())));
    }

    private static void await(List<Claim.Granted> waiting) throws IOException, InterruptedException {
        for (Claim.Granted granted : waiting) {
            String address = granted.lease().address().getHostAddress();
            try {
                granted.stored().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IOException(
                        "the lease of " + address + " is not stored ("
                                + e.getCause().getMessage()
                                + "); look at the disk (space, health) of the data directory",
                        e.getCause());
            } catch (TimeoutException e) {
                throw new IOException(
                        "the lease of " + address + " is not stored within " + PATIENCE_SECONDS + " s", e);
            }
        }
        waiting.clear();
    }
}
