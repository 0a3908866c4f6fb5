package io.slipway.dhcp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.sockets.DatagramDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One datagram's way through reception and chain, watched, and without effects. */
final class TrialRun {

    private final List<Trial.Step> steps = new ArrayList<>();
    private final Packet packet;
    private final TrialExchange exchange;
    private DhcpMessage before;

    private TrialRun(Packet packet) {
        this.packet = packet;
        exchange = new TrialExchange(packet);
        before = exchange.replySoFar();
    }

    static Trial of(byte[] datagram, InetSocketAddress sender, InetAddress recipient, DatagramDoor door, Chain chain) {
        try {
            DhcpDecoder.decode(Unpooled.wrappedBuffer(datagram)).type();
        } catch (DecoderException e) {
            return Trial.dropped(List.of(), "malformed: " + e.getMessage());
        }
        // what it counts is counted apart, and says why it lets nothing through
        Counters apart = new Counters();
        Optional<Packet> packet =
                new Reception(apart).receive(Unpooled.wrappedBuffer(datagram), sender, recipient, door);
        if (packet.isEmpty()) {
            return Trial.dropped(List.of(), reason(apart));
        }
        if (!chain.isComplete()) {
            return Trial.dropped(
                    List.of(), "packets wait for what is missing in the chain: " + String.join(", ", chain.missing()));
        }
        return new TrialRun(packet.get()).run(chain);
    }

    private static String reason(Counters apart) {
        return apart.counts().stream()
                .filter(count -> count.kind().equals("dropped"))
                .map(DhcpStatistics.Count::what)
                .findFirst()
                .orElse("not taken");
    }

    private Trial run(Chain chain) {
        Answerer.Asking asking = new Answerer.Asking(exchange) {
            @Override
            void asked(Verdict verdict) {
                step(Optional.of(verdict));
            }
        };
        try {
            asking.askAll(chain);
        } catch (DecoderException e) {
            failed("malformed option: " + e.getMessage());
            asking.drop("malformed option");
        } catch (IOException | RuntimeException | LinkageError e) {
            failed(e.toString());
            asking.drop("handler failed");
        }
        return asking.dropReason()
                .map(reason -> Trial.dropped(steps, reason))
                .orElseGet(() -> answered(asking.reply().orElseThrow()));
    }

    private Trial answered(DhcpMessage reply) {
        ByteBuf bytes = DhcpEncoder.encode(reply, UnpooledByteBufAllocator.DEFAULT);
        try {
            Trial.Answer answer = new Trial.Answer(reply, ByteBufUtil.getBytes(bytes), Destination.of(packet, reply));
            return new Trial(steps, Optional.empty(), Optional.of(answer));
        } finally {
            bytes.release();
        }
    }

    private void failed(String why) {
        exchange.explain(why);
        step(Optional.empty());
    }

    private void step(Optional<Verdict> verdict) {
        DhcpMessage after = exchange.replySoFar();
        steps.add(new Trial.Step(exchange.handler(), verdict, exchange.takeReasons(), before, after));
        before = after;
    }
}
