package io.slipway.boot;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A machine that the operator knows by name: what identifies it, and what is set aside for it. Immutable. */
public final class Machine {

    private final String name;
    private final Set<MachineIdentity> identities;
    private final Map<String, String> labels;
    private final List<InetAddress> addresses;
    private final Map<String, String> dhcpOptions;
    private final Optional<Duration> leaseTime;

    private Machine(Builder builder) {
        this.name = builder.name;
        this.identities = Set.copyOf(builder.identities);
        this.labels = Map.copyOf(builder.labels);
        this.addresses = List.copyOf(builder.addresses);
        this.dhcpOptions = Map.copyOf(builder.dhcpOptions);
        this.leaseTime = builder.leaseTime;
    }

    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Unique among machines. */
    public String name() {
        return name;
    }

    /** It is this machine that asks when any one of these fits. */
    public Set<MachineIdentity> identities() {
        return identities;
    }

    /** What rules select on, beside what the firmware says. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Addresses that are reserved for it: the first that lies in a subnet where it asks is the one it is given. */
    public List<InetAddress> addresses() {
        return addresses;
    }

    /** DHCP options for it alone: by name or number, as in the configuration, to the value in text. */
    public Map<String, String> dhcpOptions() {
        return dhcpOptions;
    }

    /** The longest lease for it; empty: as its subnet has it. */
    public Optional<Duration> leaseTime() {
        return leaseTime;
    }

    /** A builder that starts from this machine. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        identities.forEach(builder::identity);
        labels.forEach(builder::label);
        addresses.forEach(builder::address);
        dhcpOptions.forEach(builder::dhcpOption);
        leaseTime.ifPresent(builder::leaseTime);
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Machine machine
                && name.equals(machine.name)
                && identities.equals(machine.identities)
                && labels.equals(machine.labels)
                && addresses.equals(machine.addresses)
                && dhcpOptions.equals(machine.dhcpOptions)
                && leaseTime.equals(machine.leaseTime);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, identities, addresses);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects what is said of a machine. */
    public static final class Builder {
        private final String name;
        private final Set<MachineIdentity> identities = new LinkedHashSet<>();
        private final Map<String, String> labels = new HashMap<>();
        private final List<InetAddress> addresses = new ArrayList<>();
        private final Map<String, String> dhcpOptions = new HashMap<>();
        private Optional<Duration> leaseTime = Optional.empty();

        private Builder(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a machine needs a name");
            }
            this.name = name;
        }

        public Builder identity(MachineIdentity identity) {
            identities.add(Objects.requireNonNull(identity, "identity"));
            return this;
        }

        public Builder mac(MacAddress mac) {
            return identity(new MachineIdentity.Mac(mac));
        }

        public Builder uuid(UUID uuid) {
            return identity(new MachineIdentity.Uuid(uuid));
        }

        public Builder label(String label, String value) {
            labels.put(label, value);
            return this;
        }

        public Builder address(InetAddress address) {
            addresses.add(Objects.requireNonNull(address, "address"));
            return this;
        }

        /**
         * Sends the machine an option.
         *
         * @param option by name or number
         */
        public Builder dhcpOption(String option, String value) {
            dhcpOptions.put(option, value);
            return this;
        }

        public Builder leaseTime(Duration time) {
            leaseTime = Optional.of(time);
            return this;
        }

        public Machine build() {
            return new Machine(this);
        }
    }
}
