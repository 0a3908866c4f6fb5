package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    // An annotation has arrays; this one is never compared.
    @SuppressWarnings({"ArrayRecordComponent", "ImmutableAnnotationChecker"})
    private record Values(String[] interfaces, String[] doors, String transport, String threads, String receiveBuffer)
            implements SocketOwner.Config {
        static Values of(String interfaces, String doors, String transport, String threads, String receiveBuffer) {
            return new Values(new String[] {interfaces}, new String[] {doors}, transport, threads, receiveBuffer);
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
                "65536"));
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
        "eth0 eth1, dhcp:67, auto, 0, 65536, interfaces",
        "eth0, dhcp, auto, 0, 65536, doors",
        "eth0, dhcp:65536, auto, 0, 65536, doors",
        "eth0, http:80/tcp/shared, auto, 0, 65536, doors",
        "eth0, http:80/sctp, auto, 0, 65536, doors",
        "eth0, dhcp:-1, auto, 0, 65536, doors",
        "eth0, dhcp:67, fast, 0, 65536, transport",
        "eth0, dhcp:67, auto, -1, 65536, threads",
        "eth0, dhcp:67, auto, 0, 1, receiveBuffer",
        "eth0, dhcp:67, auto, many, 65536, threads",
        "eth0, dhcp:67, auto, 0, 8M, receiveBuffer",
    })
    void refusesWithTheKeyTheValueAndWhatWasExpected(
            String interfaces, String doors, String transport, String threads, String receiveBuffer, String key) {
        Values values = Values.of(interfaces, doors, transport, threads, receiveBuffer);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
        assertTrue(refusal.getMessage().startsWith("etc/io.slipway.sockets.cfg: " + key + " = "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("; expected "), refusal.getMessage());
    }

    @Test
    void refusesADoorTwice() {
        Values values = Values.of("eth0", "dhcp:67,dhcp:68", "auto", "0", "65536");
        assertThrows(IllegalArgumentException.class, () -> Settings.of(values));
    }
}
