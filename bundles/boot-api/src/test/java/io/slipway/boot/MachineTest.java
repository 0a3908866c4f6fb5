package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MachineTest {

    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    @Test
    void a_builder_of_a_machine_builds_it_again() {
        Machine machine = Machine.builder("rack1-07")
                .mac(MAC)
                .uuid(new UUID(1, 2))
                .identity(new MachineIdentity.CircuitId("0004"))
                .label("rack", "1")
                .address(InetAddress.getLoopbackAddress())
                .dhcpOption("host-name", "rack1-07")
                .leaseTime(Duration.ofHours(1))
                .build();
        assertEquals(machine, machine.toBuilder().build());
        assertEquals(3, machine.identities().size());
    }

    @Test
    void bytes_are_the_same_in_any_case() {
        assertEquals(new MachineIdentity.ClientId("01ab"), new MachineIdentity.ClientId("01AB"));
    }

    @Test
    void bytes_that_are_not_hexadecimal_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new MachineIdentity.ClientId("01a"));
        assertThrows(IllegalArgumentException.class, () -> new MachineIdentity.CircuitId("port 4"));
        assertThrows(IllegalArgumentException.class, () -> Machine.builder(" "));
    }
}
