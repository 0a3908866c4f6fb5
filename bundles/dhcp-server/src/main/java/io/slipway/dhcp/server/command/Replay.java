package io.slipway.dhcp.server.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.server.DhcpTrials;
import io.slipway.dhcp.server.Trial;
import io.slipway.dhcp.server.capture.CapturedDatagram;
import io.slipway.sockets.DatagramDoor;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares what a capture's requests were answered with what they would be answered now. A request waits for its reply
 * in the capture, as one of a bounded number.
 */
final class Replay {

    /** Requests that wait for a reply; the oldest has none when there are more. */
    private static final int MOST_WAITING = 4096;

    private static final int SERVER_PORT = 67;
    private static final int PXE_PORT = 4011;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** What a request expects. */
    private enum Phase {
        OFFER,
        ACK,
        BOOTP,
        NOTHING
    }

    /** What a reply is recognised by (RFC 2131 section 4.1: the client takes it by its xid). */
    private record Key(int xid, String mac, Inet4Address relay, boolean isPxe, Phase phase) {}

    private record Waiting(long number, Instant time, DhcpMessage request, Trial trial) {}

    /**
     * What a replay is about.
     *
     * @param dhcp where requests to port 67 would come in
     * @param pxe where those to port 4011 would; empty where none is open
     * @param insteadOf the server of the capture whose place this one takes
     * @param showsAll whether requests are shown that are answered as in the capture
     */
    record Scene(DatagramDoor dhcp, Optional<DatagramDoor> pxe, Optional<Inet4Address> insteadOf, boolean showsAll) {}

    private final DhcpTrials trials;
    private final Scene scene;
    private final PrintStream out;
    private final Map<Key, Waiting> waiting = new LinkedHashMap<>();
    private long requests;
    private long repeated;
    private long alike;
    private long different;
    private long malformed;
    private long replies;
    private long withoutDoor;

    Replay(DhcpTrials trials, Scene scene, PrintStream out) {
        this.trials = trials;
        this.scene = scene;
        this.out = out;
    }

    void take(CapturedDatagram datagram) {
        int from = datagram.sender().getPort();
        int to = datagram.recipient().getPort();
        boolean isToServer = to == SERVER_PORT || to == PXE_PORT;
        if (!isToServer && from != SERVER_PORT && from != PXE_PORT) {
            return;
        }
        try {
            DhcpMessage message = DhcpDecoder.decode(Unpooled.wrappedBuffer(datagram.payload()));
            if (message.op() == DhcpMessage.BOOTREPLY) {
                reply(message, from == PXE_PORT || to == PXE_PORT);
            } else if (isToServer) {
                request(datagram, message, to == PXE_PORT);
            }
        } catch (DecoderException e) {
            malformed++;
            out.println("packet " + datagram.number() + " is malformed: " + e.getMessage());
        }
    }

    private void request(CapturedDatagram datagram, DhcpMessage captured, boolean isPxe) {
        requests++;
        Optional<DatagramDoor> door = isPxe ? scene.pxe() : Optional.of(scene.dhcp());
        if (door.isEmpty()) {
            withoutDoor++;
            return;
        }
        DhcpMessage request = renamed(captured, door.get());
        Trial trial = trials.tryOut(
                request.equals(captured) ? datagram.payload() : bytes(request),
                datagram.sender(),
                recipient(datagram, door.get()),
                door.get());
        Key key = new Key(request.xid(), MessageText.mac(request), request.relayAddress(), isPxe, phase(request));
        Waiting now = new Waiting(datagram.number(), datagram.time(), request, trial);
        if (key.phase() == Phase.NOTHING) {
            judge(now, Optional.empty());
            return;
        }
        if (waiting.remove(key) != null) {
            repeated++;
        }
        waiting.put(key, now);
        if (waiting.size() > MOST_WAITING) {
            Iterator<Waiting> oldest = waiting.values().iterator();
            Waiting unanswered = oldest.next();
            oldest.remove();
            judge(unanswered, Optional.empty());
        }
    }

    private void reply(DhcpMessage reply, boolean isPxe) {
        boolean isOfAnother = scene.insteadOf().isPresent()
                && reply.bytes(DhcpOptions.DHCP_SERVER_IDENTIFIER.code()).isPresent()
                && !isFrom(reply, scene.insteadOf().get());
        Optional<Waiting> asked = isOfAnother
                ? Optional.empty()
                : Optional.ofNullable(waiting.remove(key(reply, isPxe, phase(reply))))
                        // RFC 4039: an ACK may answer a DISCOVER
                        .or(() -> Optional.ofNullable(waiting.remove(key(reply, isPxe, Phase.OFFER))));
        if (asked.isEmpty()) {
            replies++;
            return;
        }
        judge(asked.get(), Optional.of(reply));
    }

    private static Key key(DhcpMessage reply, boolean isPxe, Phase phase) {
        return new Key(reply.xid(), MessageText.mac(reply), reply.relayAddress(), isPxe, phase);
    }

    private static Phase phase(DhcpMessage message) {
        Optional<DhcpMessageType> type = message.type();
        if (type.isEmpty()) {
            return Phase.BOOTP;
        }
        return switch (type.get()) {
            case DISCOVER, OFFER -> Phase.OFFER;
            case REQUEST, INFORM, ACK, NAK -> Phase.ACK;
            case DECLINE, RELEASE -> Phase.NOTHING;
        };
    }

    /** A client that names the other server names this one. */
    private DhcpMessage renamed(DhcpMessage request, DatagramDoor door) {
        Optional<Inet4Address> own = door.link().address();
        boolean isToOther =
                scene.insteadOf().filter(other -> isFrom(request, other)).isPresent();
        return isToOther && own.isPresent()
                ? request.toBuilder()
                        .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, own.get())
                        .build()
                : request;
    }

    private InetAddress recipient(CapturedDatagram datagram, DatagramDoor door) {
        InetAddress captured = datagram.recipient().getAddress();
        return scene.insteadOf().filter(captured::equals).isPresent()
                ? door.link().address().<InetAddress>map(own -> own).orElse(captured)
                : captured;
    }

    private static boolean isFrom(DhcpMessage message, Inet4Address server) {
        return message.option(DhcpOptions.DHCP_SERVER_IDENTIFIER)
                .filter(server::equals)
                .isPresent();
    }

    private void judge(Waiting asked, Optional<DhcpMessage> captured) {
        List<String> differences = differences(asked.trial(), captured);
        if (differences.isEmpty()) {
            alike++;
        } else {
            different++;
        }
        if (differences.isEmpty() && !scene.showsAll()) {
            return;
        }
        DhcpMessage request = asked.request();
        out.println("packet " + asked.number() + ", "
                + TIME.format(asked.time().atZone(ZoneId.systemDefault())) + ": " + MessageText.type(request) + " of "
                + MessageText.mac(request) + ", xid " + MessageText.xid(request)
                + (differences.isEmpty() ? ": as captured, " + now(asked.trial()) : ""));
        differences.forEach(line -> out.println("    " + line));
    }

    private static List<String> differences(Trial trial, Optional<DhcpMessage> captured) {
        Optional<DhcpMessage> now = trial.answer().map(Trial.Answer::message);
        if (now.isEmpty() || captured.isEmpty()) {
            return now.isEmpty() && captured.isEmpty()
                    ? List.of()
                    : List.of("captured: " + captured.map(Replay::summary).orElse("no reply"), "now: " + now(trial));
        }
        Map<String, String> before = MessageText.facts(captured.get());
        Map<String, String> after = MessageText.facts(now.get());
        List<String> lines = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, "nothing");
            String is = after.getOrDefault(name, "nothing");
            if (!was.equals(is)) {
                lines.add(name + ": captured " + was + ", now " + is);
            }
        }
        return lines;
    }

    private static String now(Trial trial) {
        return trial.answer()
                .map(answer -> summary(answer.message()))
                .orElseGet(() -> "no reply, " + trial.dropReason().orElseThrow());
    }

    private static String summary(DhcpMessage reply) {
        return MessageText.type(reply) + " " + reply.yourAddress().getHostAddress();
    }

    private static byte[] bytes(DhcpMessage message) {
        ByteBuf bytes = DhcpEncoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /** The capture is at its end: what still waits was not answered. */
    void end() {
        waiting.values().forEach(unanswered -> judge(unanswered, Optional.empty()));
        waiting.clear();
    }

    /** In a few lines. */
    void summarize(long packets, long incomplete) {
        out.println(packets + " packets, " + requests + " requests: " + alike + " would be answered as captured, "
                + different + " differently" + (repeated > 0 ? "; " + repeated + " were repeated before a reply" : ""));
        tell(replies, "replies belong to no request, or came second, or are another server's");
        tell(malformed, "DHCP packets are malformed");
        tell(incomplete, "UDP packets are not whole in the capture and were left out (tcpdump -s 0 captures all)");
        tell(withoutDoor, "requests to port 4011 were left out, for no door 'pxe' is open");
    }

    private void tell(long number, String what) {
        if (number > 0) {
            out.println(number + " " + what);
        }
    }
}
