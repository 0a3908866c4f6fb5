package io.slipway.dhcp.handlers;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfers;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Transfers that last until the test ends them. */
final class FakeTransfers implements Transfers {

    final Map<Inet4Address, Transfer> byAddress = new LinkedHashMap<>();

    /** How often somebody looked. */
    int looks;

    void begin(Inet4Address address) {
        byAddress.put(address, new Running(request(address)));
    }

    void end(Inet4Address address) {
        byAddress.remove(address);
    }

    private static BootRequest request(Inet4Address address) {
        return new BootRequest(
                "/images/big",
                BootTransport.HTTP,
                new InetSocketAddress(address, 40_000),
                new InetSocketAddress(FakeExchange.SERVER, 80),
                "eth0",
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Transfer begin(BootRequest request, BootFile file) {
        throw new UnsupportedOperationException("nobody here sends files");
    }

    @Override
    public Transfer beginUpload(BootRequest request, long length) {
        throw new UnsupportedOperationException("nobody here sends files");
    }

    @Override
    public Collection<Transfer> active() {
        looks++;
        return byAddress.values();
    }

    private record Running(BootRequest request) implements Transfer {

        @Override
        public boolean isUpload() {
            return false;
        }

        @Override
        public long length() {
            return 12_000_000_000L;
        }

        @Override
        public Instant begun() {
            return Instant.EPOCH;
        }

        @Override
        public long sent() {
            return 0;
        }

        @Override
        public void sent(long bytes) {
            throw new UnsupportedOperationException("leases do not touch transfers");
        }

        @Override
        public void waited(Duration before) {
            throw new UnsupportedOperationException("leases do not touch transfers");
        }

        @Override
        public void heldBack(String limit) {
            throw new UnsupportedOperationException("leases do not touch transfers");
        }

        @Override
        public void goesOn() {
            throw new UnsupportedOperationException("leases do not touch transfers");
        }

        @Override
        public Optional<String> heldBy() {
            return Optional.empty();
        }

        @Override
        public Duration held() {
            return Duration.ZERO;
        }

        @Override
        public void end(Outcome outcome, String detail) {
            throw new UnsupportedOperationException("leases do not touch transfers");
        }
    }
}
