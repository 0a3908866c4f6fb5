package io.slipway.boot;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The machines that the operator knows, from {@code etc/boot/*.yaml} and from commands. Each look-up takes the same time
 * however many there are. Safe for use by many threads.
 */
@ProviderType
public interface Machines {

    /** The machine that an identity belongs to. */
    Optional<Machine> find(MachineIdentity identity);

    /** The machine of a name. */
    Optional<Machine> named(String name);

    /** The machine that an address is reserved for. */
    Optional<Machine> holding(InetAddress address);

    /** All of them, by name. */
    Collection<Machine> all();

    /**
     * Adds a machine, or puts this in place of the one of the same name.
     *
     * @return completes when it is durable
     * @throws IllegalArgumentException an identity, a name or an address is another machine's, or a file defines it; the
     *     message says which
     */
    CompletionStage<Void> put(Machine machine);

    /**
     * Forgets a machine.
     *
     * @return completes when it is durable, with false when there was none
     * @throws IllegalArgumentException a file defines it: it is to be removed there; the message says which
     */
    CompletionStage<Boolean> remove(String name);
}
