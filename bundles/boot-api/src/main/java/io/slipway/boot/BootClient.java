package io.slipway.boot;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** What a machine's firmware told about itself. Immutable. An interface, so that a new fact does not break plugins. */
@ProviderType
public interface BootClient {

    /** The label that holds the id of the menu entry that was chosen before a loader could ask: it boots at once. */
    String CHOSEN_ENTRY = "boot-entry";

    /**
     * The label, with the value {@code true}, of a machine that gets its address from another DHCP server than this one:
     * a loader that asks the server of its address for more does not find it there.
     */
    String LEASED_ELSEWHERE = "leased-elsewhere";

    MacAddress mac();

    /** From option 93; {@link FirmwareArchitecture#BIOS_X86} when the firmware says nothing. */
    FirmwareArchitecture architecture();

    /** How it fetches its first file. */
    BootTransport transport();

    /** The machine's UUID (option 97, RFC 4578 section 2.3). */
    Optional<UUID> uuid();

    /** The address that it has or is being given. */
    Optional<InetAddress> address();

    /** Option 77, for example {@code iPXE}. */
    Optional<String> userClass();

    /** Option 60, for example {@code PXEClient:Arch:00007:UNDI:003016}. */
    Optional<String> vendorClass();

    /**
     * What the loader that asks says it can, by the names of iPXE's features (option 175) in lower case, for example
     * {@code http}, {@code menu} and {@code bzimage}; empty when it says nothing, as all firmware but iPXE does.
     */
    default Set<String> features() {
        return Set.of();
    }

    /** The network interface of the server on which it was heard; empty when unknown. */
    String link();

    /**
     * What rules select on: {@code mac}, {@code arch}, {@code transport}, {@code link}, and where known {@code uuid},
     * {@code user-class}, {@code vendor-class} and {@code features} (sorted, with commas between); others come from
     * whoever knows the machine.
     */
    Map<String, String> labels();

    /** A builder that starts from this client. */
    default Builder toBuilder() {
        Builder builder = builder(mac())
                .architecture(architecture())
                .transport(transport())
                .link(link());
        builder.features(features());
        uuid().ifPresent(builder::uuid);
        address().ifPresent(builder::address);
        userClass().ifPresent(builder::userClass);
        vendorClass().ifPresent(builder::vendorClass);
        labels().forEach(builder::label);
        return builder;
    }

    static Builder builder(MacAddress mac) {
        return new ObservedBootClient.Collector(mac);
    }

    /** Collects what is known of a client. */
    @ProviderType
    interface Builder {
        /** Also sets the transport that goes with it. */
        Builder architecture(FirmwareArchitecture architecture);

        Builder transport(BootTransport transport);

        Builder uuid(UUID uuid);

        Builder address(InetAddress address);

        Builder userClass(String userClass);

        Builder vendorClass(String vendorClass);

        Builder features(Set<String> features);

        Builder link(String link);

        Builder label(String name, String value);

        BootClient build();
    }
}
