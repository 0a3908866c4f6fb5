package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What holds of the whole chain for bytes of any kind. */
final class AnyBytes {

    /** RFC 2131 section 2 and Ethernet: nothing is sent that the network would have to cut into pieces. */
    private static final int MOST_BYTES = 1500 - 28;

    /** RFC 951 section 3. */
    private static final int LEAST_BYTES = 300;

    /** No handler fails on what it is sent, whatever that is; and each request comes to something. */
    private static final List<String> FAULTS = List.of("handler failed", "no answer", "queue full", "handler missing");

    private AnyBytes() {}

    /** Sends the bytes. Whatever breaks a promise fails the test. */
    static void areAnsweredOrDropped(ShippedChain chain, byte[] bytes, Arrival arrival) {
        Outcome outcome = chain.receive(bytes, arrival);
        if (outcome instanceof Outcome.Dropped dropped) {
            assertFalse(FAULTS.contains(dropped.reason()), () -> dropped.reason() + ": " + text(bytes, arrival));
        } else {
            replyIsSound(bytes, (Outcome.Sent) outcome, arrival);
        }
    }

    private static void replyIsSound(byte[] bytes, Outcome.Sent sent, Arrival arrival) {
        DhcpMessage request = DhcpDecoder.decode(Unpooled.wrappedBuffer(bytes));
        DhcpMessage reply = DhcpDecoder.decode(Unpooled.wrappedBuffer(sent.bytes()));
        String what = text(bytes, arrival) + "\n< " + sent.to() + "\n" + MessageText.of(sent.bytes());
        assertEquals(DhcpMessage.BOOTREPLY, reply.op(), what);
        assertEquals(request.xid(), reply.xid(), what);
        assertEquals(request.relayAddress(), reply.relayAddress(), what);
        assertTrue(Arrays.equals(request.hardwareAddress(), reply.hardwareAddress()), what);
        // RFC 3046 section 2.2: whole, and what a relay agent adds must not make the rest smaller
        assertEquals(agent(request), agent(reply), what);
        int agentBytes = agent(request).map(hex -> hex.length() / 3 + 8).orElse(0);
        assertTrue(sent.bytes().length >= LEAST_BYTES && sent.bytes().length <= MOST_BYTES + agentBytes, what);
        assertFalse(sent.to().startsWith("0.") || sent.to().startsWith("127."), what);
        Optional<DhcpMessageType> type = reply.type();
        assertEquals(request.type().isPresent(), type.isPresent(), what);
        type.ifPresent(is -> {
            assertTrue(is == DhcpMessageType.OFFER || is == DhcpMessageType.ACK || is == DhcpMessageType.NAK, what);
            assertTrue(reply.option(DhcpOptions.DHCP_SERVER_IDENTIFIER).isPresent(), what);
            boolean isLease = is != DhcpMessageType.NAK && reply.bytes(51).isPresent();
            // RFC 2131 table 3
            assertEquals(isLease, !reply.yourAddress().getHostAddress().equals("0.0.0.0"), what);
        });
    }

    private static Optional<String> agent(DhcpMessage message) {
        return message.bytes(DhcpOptions.DHCP_AGENT_OPTIONS.code()).map(MessageText::hex);
    }

    /** As a vector has it, to become one. */
    static String text(byte[] bytes, Arrival arrival) {
        return "\n> " + arrival + "\n" + MessageText.of(bytes);
    }

    /** Whether bytes are a message at all; anything but a {@link DecoderException} fails the test. */
    static boolean areAMessage(byte[] bytes) {
        try {
            DhcpDecoder.decode(Unpooled.wrappedBuffer(bytes));
            return true;
        } catch (DecoderException e) {
            assertFalse(e.getMessage().isBlank());
            return false;
        }
    }
}
