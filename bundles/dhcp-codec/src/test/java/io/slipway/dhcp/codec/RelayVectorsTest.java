package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Relay agents and clients that are out of the ordinary, from the wire. */
class RelayVectorsTest {

    @Test
    void aRelayAgentSelectsLinkAndServerIdentifier() {
        RelayAgentInformation agent =
                RelayAgentInformation.of(WireVector.of("relayed-selections").decode());
        assertArrayEquals(
                "ge0/1".getBytes(StandardCharsets.US_ASCII), agent.circuitId().orElseThrow());
        assertEquals(Optional.of(Addresses.parse("198.51.100.0")), agent.linkSelection());
        assertEquals(Optional.of(Addresses.parse("198.51.100.1")), agent.serverIdentifierOverride());
    }

    @Test
    void aSuboptionThatOverrunsIsPassedOver() {
        DhcpMessage discover = WireVector.of("agent-options-overrun").decode();
        RelayAgentInformation agent = RelayAgentInformation.of(discover);
        assertEquals(Optional.of(Addresses.parse("198.51.100.0")), agent.linkSelection());
        assertTrue(agent.circuitId().isEmpty());
        assertEquals(11, discover.bytes(82).orElseThrow().length, "to be echoed whole");
    }

    @Test
    void aClientOnInfiniBandHasNoHardwareAddress() {
        DhcpMessage discover = WireVector.of("infiniband-discover").decode();
        assertEquals(32, discover.hardwareType());
        assertEquals(0, discover.hardwareAddress().length);
        assertTrue(discover.isBroadcast());
        assertEquals(20, discover.bytes(61).orElseThrow().length);
        DhcpMessage reply = DhcpMessage.replyTo(discover).build();
        assertEquals(32, reply.hardwareType());
        assertEquals(0, reply.hardwareAddress().length);
    }

    @Test
    void aSizeThatIsTooSmallIsTheLeastThatIsAllowed() {
        assertEquals(548, ReplySize.most(WireVector.of("message-size-too-small").decode()));
    }
}
