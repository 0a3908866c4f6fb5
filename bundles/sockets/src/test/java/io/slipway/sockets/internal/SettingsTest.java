package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    // An annotation has arrays; this one is never compared.
    @SuppressWarnings({"ArrayRecordComponent", "ImmutableAnnotationChecker"})
    private record Values(
            String[] interfaces,
            String[] doors,
            String ipv6,
            String transport,
            String threads,
            String receiveBuffer,
            String polling,
            String bandwidth,
            String[] subnetBandwidth)
            implements SocketOwner.Config {
        static Values of(
                String interfaces,
                String doors,
                String transport,
                String threads,
                String receiveBuffer,
                String polling) {
            return new Values(
                    new String[] {interfaces},
                    new String[] {doors},
                    "true",
                    transport,
                    threads,
                    receiveBuffer,
                    polling,
                    "0",
                    new String[0]);
        }

        static Values limited(String bandwidth, String subnets) {
            return limited("true", bandwidth, subnets);
        }

        static Values limited(String ipv6, String bandwidth, String subnets) {
            return new Values(
                    new String[] {"eth0"},
                    new String[] {"tftp:69"},
                    ipv6,
                    "auto",
                    "0",
                    "65536",
                    "50",
                    bandwidth,
                    new String[] {subnets});
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return SocketOwner.Config.class;
        }
    }

    @Test
    void readsListsSeparatedByCommas() {
        Settings settings = Settings.of(Values.of(
                "eth0, eth1",
                "dhcp:67,pxe:4011/udp/shared,sip:5060/shared,tftp:69/udp,http:80/tcp",
                "Auto",
                "0",
                "65536",
                "50"));
        assertEquals(List.of("eth0", "eth1"), settings.interfaces());
        assertEquals(
                List.of(
                        new Settings.DoorPort("dhcp", 67),
                        new Settings.DoorPort("pxe", 4011, Settings.Protocol.UDP, true),
                        new Settings.DoorPort("sip", 5060, Settings.Protocol.UDP, true),
                        new Settings.DoorPort("tftp", 69),
                        new Settings.DoorPort("http", 80, Settings.Protocol.TCP)),
                settings.doors());
        assertTrue(settings.threads() >= 1);
    }

    @ParameterizedTest
    @CsvSource({
        "eth0 eth1, dhcp:67, auto, 0, 65536, 50, interfaces",
        "eth0, dhcp, auto, 0, 65536, 50, doors",
        "eth0, dhcp:65536, auto, 0, 65536, 50, doors",
        "eth0, http:80/tcp/shared, auto, 0, 65536, 50, doors",
        "eth0, http:80/sctp, auto, 0, 65536, 50, doors",
        "eth0, dhcp:-1, auto, 0, 65536, 50, doors",
        "eth0, dhcp:67, fast, 0, 65536, 50, transport",
        "eth0, dhcp:67, auto, -1, 65536, 50, threads",
        "eth0, dhcp:67, auto, 0, 1, 50, receiveBuffer",
        "eth0, dhcp:67, auto, many, 65536, 50, threads",
        "eth0, dhcp:67, auto, 0, 8M, 50, receiveBuffer",
        "eth0, dhcp:67, auto, 0, 65536, 1001, polling",
    })
    void refusesWithTheKeyTheValueAndWhatWasExpected(
            String interfaces,
            String doors,
            String transport,
            String threads,
            String receiveBuffer,
            String polling,
            String key) {
        Values values = Values.of(interfaces, doors, transport, threads, receiveBuffer, polling);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
        assertTrue(refusal.getMessage().startsWith("etc/io.slipway.sockets.cfg: " + key + " = "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("; expected "), refusal.getMessage());
    }

    @Test
    void refusesADoorTwice() {
        Values values = Values.of("eth0", "dhcp:67,dhcp:68", "auto", "0", "65536", "50");
        assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64k, 64000", "50M, 50000000", "' 2G ', 2000000000"})
    void theBandwidthIsInBytesASecond(String text, long expected) {
        assertEquals(
                OptionalLong.of(expected), Settings.of(Values.limited(text, "")).bandwidth());
    }

    @Test
    void subnetsHaveABandwidthOfTheirOwn() {
        Settings settings =
                Settings.of(Values.limited("0", "10.1.0.0/16:50M, 10.2.0.0/24 : 1k, 2001:db8::/32:2k, ::/0 : 3k"));
        assertEquals(OptionalLong.empty(), settings.bandwidth());
        assertEquals(
                "{10.1.0.0/16=50000000, 10.2.0.0/24=1000, 2001:db8::/32=2000, ::/0=3000}",
                settings.subnetBandwidth().toString());
    }

    @Test
    void ipv6IsOnOrOff() {
        assertTrue(Settings.of(Values.limited(" true ", "0", "")).ipv6());
        assertFalse(Settings.of(Values.limited("false", "0", "")).ipv6());
        Values values = Values.limited("yes", "0", "");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Settings.of(values))
                .getMessage()
                .endsWith(".cfg: ipv6 = yes; expected true or false"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fast|",
                "-1|",
                "1T|",
                "50 M|",
                "0|10.1.0.0:50M",
                "0|10.1.0.0/33:1M",
                "0|10.1.0.0/16:0",
                "0|10.1.0.300/16:1M",
                "0|2001:db8::/129:1M",
                "0|2001:db8::1::/64:1M",
            })
    void refusesABandwidthThatIsNone(String bandwidth, String subnets) {
        Values values = Values.limited(bandwidth, subnets == null ? "" : subnets);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
        String key = subnets == null ? "bandwidth" : "subnetBandwidth";
        assertTrue(refusal.getMessage().startsWith("etc/io.slipway.sockets.cfg: " + key + " = "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("bytes a second"), refusal.getMessage());
    }
}
