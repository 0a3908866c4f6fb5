package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.sockets.DatagramDoor;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpPacket;
import io.slipway.tftp.codec.WriteRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes in at the door: requests to read and to write go on, the rest is dropped and counted. */
final class TftpRequests {

    private static final Logger LOG = LoggerFactory.getLogger(TftpRequests.class);

    /** The well-known port (RFC 1350 section 4): a request from there comes from another server, or from ourselves. */
    private static final int SERVER_PORT = 69;

    private static final long CLOSE_MILLIS = 500;

    private final BootSide boot;
    private final Conversations conversations = new Conversations(() -> serveWaiting());
    private final WaitingRequests waiting = new WaitingRequests();
    private final Counters counters = new Counters();
    private final Complaints complaints = new Complaints();
    private final WriteRequests writes;
    private volatile ReadRequests reads;
    private volatile boolean stopping;
    private long stoppingSince;

    TftpRequests(BootSide boot, Settings settings) {
        this.boot = boot;
        this.writes = new WriteRequests(boot, settings, conversations, counters, complaints);
        this.reads = new ReadRequests(boot, settings, conversations, waiting, counters, complaints);
    }

    Counters counters() {
        return counters;
    }

    int active() {
        return conversations.active().size();
    }

    /** Requests that wait for a transfer to end. */
    int waiting() {
        return waiting.size();
    }

    List<String> limits() {
        return Stream.concat(reads.limits().stream(), writes.limits().stream()).toList();
    }

    private void serveWaiting() {
        if (!stopping) {
            reads.serveWaiting();
        }
    }

    /** New settings for new requests; running transfers go on as they began. */
    void change(Settings settings) {
        ReadRequests before = reads;
        reads = new ReadRequests(boot, settings, conversations, waiting, counters, complaints);
        before.stop();
        writes.change(settings);
        serveWaiting();
    }

    void received(ByteBuf content, InetSocketAddress sender, InetAddress recipient, DatagramDoor door) {
        if (stopping) {
            return;
        }
        if (!isPlausible(sender, door)) {
            counters.add(Counters.Count.IMPLAUSIBLE);
            LOG.debug("dropped a packet from {}, where no client is", sender);
            return;
        }
        TftpPacket packet;
        try {
            packet = TftpDecoder.decode(content);
        } catch (DecoderException e) {
            counters.add(Counters.Count.MALFORMED);
            LOG.debug("from {}: {}", sender, e.getMessage());
            return;
        }
        Arrival arrival = Arrival.of(sender, recipient, door);
        if (packet instanceof ReadRequest request) {
            reads.received(request, arrival);
        } else if (packet instanceof WriteRequest request) {
            writes.received(request, arrival);
        } else if (!conversations.deliver(arrival.id(), packet)) {
            counters.add(Counters.Count.STRAY);
        }
    }

    private static boolean isPlausible(InetSocketAddress sender, DatagramDoor door) {
        int port = sender.getPort();
        InetAddress address = sender.getAddress();
        return port != 0
                && port != SERVER_PORT
                && port != door.port()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !door.link().isBroadcast(address);
    }

    /** Takes no further request; what runs goes on. */
    synchronized void takeNoMore() {
        if (stopping) {
            return;
        }
        stopping = true;
        stoppingSince = System.nanoTime();
        waiting.clear();
        reads.stop();
        for (Conversation conversation : conversations.active()) {
            if (conversation.isLookingUp()) {
                conversation.end(Ending.quiet(Outcome.FAILED, "the server is stopping"));
                conversations.forget(conversation);
            }
        }
    }

    /**
     * Lets running transfers end for a while, counted from when no more were taken, then ends them, which takes half a
     * second at most.
     */
    void stop(long graceMillis) {
        takeNoMore();
        try {
            if (!conversations.awaitNone(graceMillis - (System.nanoTime() - stoppingSince) / 1_000_000)) {
                Ending ending = Ending.failed("the server is stopping", "the server is stopping");
                conversations.active().forEach(conversation -> conversation.end(ending));
                conversations.awaitNone(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writes.stop();
    }
}
