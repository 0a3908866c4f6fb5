package io.slipway.boot;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** @param given the labels that do not follow from the rest */
record ObservedBootClient(
        MacAddress mac,
        FirmwareArchitecture architecture,
        BootTransport transport,
        Optional<UUID> uuid,
        Optional<InetAddress> address,
        Optional<String> userClass,
        Optional<String> vendorClass,
        Set<String> features,
        String link,
        Map<String, String> given)
        implements BootClient {

    /** Made when they are asked for: of most packets nobody does. */
    @Override
    public Map<String, String> labels() {
        Map<String, String> all = new TreeMap<>(given);
        all.put("mac", mac.toString());
        all.put("arch", architecture.toString());
        all.put("transport", transport.name().toLowerCase(Locale.ROOT));
        all.put("link", link);
        uuid.ifPresent(value -> all.put("uuid", value.toString()));
        userClass.ifPresent(value -> all.put("user-class", value));
        vendorClass.ifPresent(value -> all.put("vendor-class", value));
        if (!features.isEmpty()) {
            all.put("features", String.join(",", new TreeSet<>(features)));
        }
        return Collections.unmodifiableMap(all);
    }

    @Override
    public Builder toBuilder() {
        Collector builder = new Collector(mac);
        builder.architecture = architecture;
        builder.transport = transport;
        builder.uuid = uuid;
        builder.address = address;
        builder.userClass = userClass;
        builder.vendorClass = vendorClass;
        builder.features = features;
        builder.link = link;
        builder.labels.putAll(given);
        return builder;
    }

    static final class Collector implements Builder {
        private final MacAddress mac;
        private final Map<String, String> labels = new TreeMap<>();
        private FirmwareArchitecture architecture = FirmwareArchitecture.BIOS_X86;
        private BootTransport transport = BootTransport.TFTP;
        private Optional<UUID> uuid = Optional.empty();
        private Optional<InetAddress> address = Optional.empty();
        private Optional<String> userClass = Optional.empty();
        private Optional<String> vendorClass = Optional.empty();
        private Set<String> features = Set.of();
        private String link = "";

        Collector(MacAddress mac) {
            this.mac = Objects.requireNonNull(mac, "mac");
        }

        @Override
        public Builder architecture(FirmwareArchitecture value) {
            architecture = Objects.requireNonNull(value, "architecture");
            transport = value.transport();
            return this;
        }

        @Override
        public Builder transport(BootTransport value) {
            transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        @Override
        public Builder uuid(UUID value) {
            uuid = Optional.of(value);
            return this;
        }

        @Override
        public Builder address(InetAddress value) {
            address = Optional.of(value);
            return this;
        }

        @Override
        public Builder userClass(String value) {
            userClass = Optional.of(value);
            return this;
        }

        @Override
        public Builder vendorClass(String value) {
            vendorClass = Optional.of(value);
            return this;
        }

        @Override
        public Builder features(Set<String> value) {
            features = Set.copyOf(value);
            return this;
        }

        @Override
        public Builder link(String value) {
            link = Objects.requireNonNull(value, "link");
            return this;
        }

        @Override
        public Builder label(String name, String value) {
            labels.put(name, Objects.requireNonNull(value, name));
            return this;
        }

        @Override
        public BootClient build() {
            return new ObservedBootClient(
                    mac,
                    architecture,
                    transport,
                    uuid,
                    address,
                    userClass,
                    vendorClass,
                    features,
                    link,
                    labels.isEmpty() ? Map.of() : Map.copyOf(labels));
        }
    }
}
