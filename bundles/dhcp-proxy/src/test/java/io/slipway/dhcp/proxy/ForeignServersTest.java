package io.slipway.dhcp.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ForeignServersTest {

    private static final Inet4Address SERVER = Addresses.parse("192.0.2.2");
    private static final Segment HERE = Segment.of("eth0");
    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ForeignServers servers = new ForeignServers(nanos::get);

    private static Offer offer(String yourAddress, String file) {
        return Offer.of(DhcpMessage.builder()
                .op(DhcpMessage.BOOTREPLY)
                .type(DhcpMessageType.OFFER)
                .yourAddress(Addresses.parse(yourAddress))
                .nextServer(Addresses.parse("192.0.2.9"))
                .bootFile(file)
                .option(DhcpOptions.DHCP_LEASE_TIME, Duration.ofHours(1))
                .option(DhcpOptions.ROUTERS, List.of(Addresses.parse("192.0.2.254")))
                .build());
    }

    @Test
    void aServerIsNewsOnce() {
        assertTrue(servers.chosen(HERE, SERVER).isPresent());
        assertEquals(Optional.empty(), servers.chosen(HERE, SERVER));
        assertEquals(Optional.empty(), servers.offered(HERE, SERVER, offer("192.0.2.50", "")));
        assertTrue(servers.chosen(Segment.of("eth1"), SERVER).isPresent(), "on another segment it is another one");
        assertEquals(2, servers.all().size());
    }

    @Test
    void whatItOffersIsRemembered() {
        servers.offered(HERE, SERVER, offer("192.0.2.50", "pxelinux.0\u001b"));
        servers.chosen(HERE, SERVER);
        assertEquals(
                "192.0.2.50 for 3600 s, router 192.0.2.254, boot file pxelinux.0? of 192.0.2.9",
                servers.all().get(0).offers());
    }

    @Test
    void oneThatOnlyBootsMachinesLeasesNothing() {
        servers.offered(HERE, SERVER, offer("0.0.0.0", "x"));
        assertEquals(Optional.empty(), servers.leasing(HERE, WITHIN));
        servers.chosen(HERE, SERVER);
        assertTrue(servers.leasing(HERE, WITHIN).isPresent());
        servers.offered(HERE, SERVER, offer("0.0.0.0", "x"));
        assertTrue(servers.leasing(HERE, WITHIN).isPresent(), "it still does");
        assertEquals(Optional.empty(), servers.leasing(Segment.of("eth1"), WITHIN));
    }

    @Test
    void silenceIsCountedFromWhatWasHeardLast() {
        servers.chosen(HERE, SERVER);
        nanos.addAndGet(WITHIN.toNanos());
        assertTrue(servers.leasing(HERE, WITHIN).isPresent());
        nanos.incrementAndGet();
        assertEquals(Optional.empty(), servers.leasing(HERE, WITHIN));
        servers.chosen(HERE, SERVER);
        assertTrue(servers.leasing(HERE, WITHIN).isPresent());
    }

    @Test
    void oneThatMakesServersUpDoesNotFillTheMemory() {
        servers.chosen(HERE, SERVER);
        for (int i = 0; i < 1000; i++) {
            servers.chosen(HERE, Addresses.of(0x0a000000 + i));
            servers.chosen(HERE, SERVER);
        }
        assertEquals(256, servers.all().size());
        assertTrue(servers.all().stream().anyMatch(server -> server.address().equals(SERVER)));
    }
}
