package io.slipway.boot;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A bootloader: which network bootstrap program a client can run, and how a menu is written for it. Registered as a
 * service with the property {@value #NAME}; a plugin is one class.
 *
 * <p>Its {@link #find files} are its programs, the same for everyone, and its menu, written from
 * {@link BootRequest#netboot()}. Every loader passes {@code BootloaderContract} from this bundle's test-jar.
 */
@ConsumerType
public interface Bootloader extends BootFileSource {

    /** Service property: the loader's name, for example {@code grub}. */
    String NAME = "bootloader.name";

    /** What the firmware is told to fetch, if this loader can serve this client this decision now. Pure. */
    Optional<NetworkProgram> program(BootClient client, BootDecision.Netboot netboot);

    /** Whether it is this loader, started earlier in the boot, that asks now: breaks chainloading loops. */
    boolean isRunningOn(BootClient client);

    /**
     * What keeps this loader from serving, one sentence each that names the thing and the cure, for example a missing
     * package; empty when all is well.
     */
    default List<String> problems() {
        return List.of();
    }

    /** What keeps this loader from serving this client, said as {@link #problems()} is. */
    default List<String> problems(BootClient client) {
        return problems();
    }
}
