package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A trial runs the chain that packets run through, and leaves no trace. */
class TrialTest {

    private static Trial tryOut(ServerFixture fixture, DhcpMessage.Builder request) {
        byte[] bytes = ByteBufUtil.getBytes(DhcpEncoder.encode(request.build(), UnpooledByteBufAllocator.DEFAULT));
        return fixture.server.tryOut(bytes, ServerFixture.CLIENT, Addresses.BROADCAST, fixture.dhcp);
    }

    private static void assertNoTrace(ServerFixture fixture) {
        assertEquals(List.of(), fixture.server.counts());
        assertEquals(List.of(), fixture.journal);
        assertEquals(0, fixture.dhcp.waiting());
    }

    @Test
    void theAnswerIsThatOfAPacket() throws Exception {
        try (ServerFixture fixture = new ServerFixture("answer")) {
            fixture.register("answer", ServerFixture.ANSWER);
            Trial trial = tryOut(fixture, ServerFixture.request(1, DhcpMessageType.DISCOVER));
            assertNoTrace(fixture);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
            FakeDoor.Sent sent = fixture.dhcp.next();
            Trial.Answer answer = trial.answer().orElseThrow();
            assertEquals(sent.message(), answer.message());
            assertEquals(sent.message(), DhcpDecoder.decode(Unpooled.wrappedBuffer(answer.bytes())));
            assertEquals(sent.to(), answer.destination());
        }
    }

    @Test
    void eachHandlerIsSeen() {
        try (ServerFixture fixture = new ServerFixture("first, over, answer")) {
            fixture.register("first", exchange -> {
                exchange.explain(exchange.isTrial() ? "it is a trial" : "it is none");
                return Verdict.skipTo("answer");
            });
            fixture.register("over", exchange -> Verdict.drop("is passed over"));
            fixture.register("answer", ServerFixture.ANSWER);
            List<Trial.Step> steps = tryOut(fixture, ServerFixture.request(1, DhcpMessageType.DISCOVER))
                    .steps();
            assertEquals(
                    List.of("first", "answer"),
                    steps.stream().map(Trial.Step::handler).toList());
            assertEquals(Optional.of(Verdict.skipTo("answer")), steps.get(0).verdict());
            assertEquals(List.of("it is a trial"), steps.get(0).reasons());
            assertEquals(List.of(), steps.get(1).reasons());
            assertEquals(steps.get(0).after(), steps.get(1).before());
            assertEquals(Addresses.parse("192.0.2.100"), steps.get(1).after().yourAddress());
        }
    }

    @Test
    void whatIsToHappenWithTheReplyDoesNot() {
        List<String> happened = new ArrayList<>();
        try (ServerFixture fixture = new ServerFixture("effects, answer")) {
            fixture.register("effects", exchange -> {
                exchange.sendAfter(new CompletableFuture<>());
                exchange.beforeSend(() -> happened.add("sent"));
                return Verdict.next();
            });
            fixture.register("answer", ServerFixture.ANSWER);
            Trial trial = tryOut(fixture, ServerFixture.request(1, DhcpMessageType.DISCOVER));
            assertTrue(trial.answer().isPresent(), "nothing is waited for");
        }
        assertEquals(List.of(), happened);
    }

    @Test
    void whyThereIsNoReplyIsSaid() {
        try (ServerFixture fixture = new ServerFixture("handler")) {
            assertEquals(
                    Optional.of("packets wait for what is missing in the chain: handler"),
                    tryOut(fixture, ServerFixture.request(1, DhcpMessageType.DISCOVER))
                            .dropReason());
            fixture.register("handler", exchange -> Verdict.drop("not today"));
            assertEquals(
                    Optional.of("not today"),
                    tryOut(fixture, ServerFixture.request(1, DhcpMessageType.DISCOVER))
                            .dropReason());
            assertEquals(
                    Optional.of("a reply, no request"),
                    tryOut(
                                    fixture,
                                    ServerFixture.request(1, DhcpMessageType.OFFER)
                                            .op(DhcpMessage.BOOTREPLY))
                            .dropReason());
            Trial malformed = fixture.server.tryOut(
                    new byte[3], new InetSocketAddress(Addresses.ANY, 68), Addresses.BROADCAST, fixture.dhcp);
            assertEquals(Optional.of("malformed: 3 bytes; expected at least 240"), malformed.dropReason());
            assertNoTrace(fixture);
        }
    }

    @Test
    void aHandlerThatFailsIsShown() {
        try (ServerFixture fixture = new ServerFixture("handler")) {
            fixture.register("handler", exchange -> {
                throw new IOException("no disk");
            });
            Trial trial = tryOut(fixture, ServerFixture.request(1, DhcpMessageType.DISCOVER));
            assertEquals(Optional.of("handler failed"), trial.dropReason());
            assertEquals(Optional.empty(), trial.steps().get(0).verdict());
            assertEquals(
                    List.of("java.io.IOException: no disk"),
                    trial.steps().get(0).reasons());
            assertNoTrace(fixture);
        }
    }
}
