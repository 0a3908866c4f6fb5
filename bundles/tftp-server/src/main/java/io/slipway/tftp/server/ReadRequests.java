package io.slipway.tftp.server;

import io.netty.util.concurrent.EventExecutor;
import io.slipway.boot.BootClient;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpErrorCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a read request to a running transfer, or to the error that says why there is none. */
final class ReadRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ReadRequests.class);

    private static final String TEXT = "netascii";
    /** Who waits for no limit waits for those before. */
    private static final String BEFORE = "those before";

    private static final Set<String> MODES = Set.of("octet", TEXT);

    private final BootSide boot;
    private final Settings settings;
    private final Conversations conversations;
    private final Counters counters;
    private final Complaints complaints;
    private final WaitingRequests waiting;
    private final Lookups lookups;
    /** How often somebody wanted those served who wait, since they were. */
    private final AtomicInteger serving = new AtomicInteger();
    /** Whether room will be made once more. */
    private final AtomicBoolean planned = new AtomicBoolean();

    ReadRequests(
            BootSide boot,
            Settings settings,
            Conversations conversations,
            WaitingRequests waiting,
            Counters counters,
            Complaints complaints) {
        this.boot = boot;
        this.settings = settings;
        this.conversations = conversations;
        this.waiting = waiting;
        this.counters = counters;
        this.complaints = complaints;
        this.lookups = new Lookups(boot, settings);
    }

    /** Called on the door's event loop: goes no further than the queue of lookups. */
    void received(ReadRequest request, Arrival arrival) {
        if (!MODES.contains(request.mode())) {
            refuse(new ErrorPacket(TftpErrorCode.NOT_DEFINED, "only octet and netascii are served"), request, arrival);
            return;
        }
        Optional<String> path = BootRequest.normalise(request.path());
        if (path.isEmpty()) {
            refuse(new ErrorPacket(TftpErrorCode.ACCESS_VIOLATION, "access violation"), request, arrival);
            return;
        }
        TransferId id = arrival.id();
        Optional<Conversation> earlier = conversations.with(id);
        if (earlier.isPresent() && earlier.get().isRepeatedBy(request)) {
            counters.add(Counters.Count.REPEATED);
            return;
        }
        // Who came first is served first.
        if (earlier.isEmpty() && (waiting.size() > 0 || lookups.isFull() || !conversations.hasRoom(id, settings))) {
            keepWaiting(request, arrival);
            return;
        }
        waiting.remove(id);
        begin(path.get(), request, arrival, Duration.ZERO);
        earlier.ifPresent(old -> old.end(Ending.quiet(Outcome.ABORTED, "the client began again")));
    }

    private void begin(String path, ReadRequest request, Arrival arrival, Duration waited) {
        lookUp(path, conversations.begin(arrival.id(), request, waited), request, arrival);
    }

    private void keepWaiting(ReadRequest request, Arrival arrival) {
        String limit = waitsFor(arrival.id());
        switch (waiting.add(
                WaitingRequests.Waiting.since(request, arrival, System.nanoTime()),
                settings.maximumWaiting(),
                settings.maximumTransfersPerClient())) {
            case DROPPED -> {
                counters.add(Counters.Count.OVERLOADED);
                complaints.requestsAreDropped(settings.maximumWaiting());
            }
            case AGAIN -> counters.add(Counters.Count.WAITED);
            case NEW -> {
                counters.add(Counters.Count.WAITED);
                if (!limit.equals(BEFORE)) {
                    complaints.clientsWait(limit);
                }
                boot.client(arrival.remote().getAddress(), arrival.id().link())
                        .ifPresent(client -> boot.record(BootEvent.of(
                                BootEvent.Step.FILE_WAITS,
                                Optional.of(client.mac()),
                                Optional.of(arrival.remote().getAddress()),
                                request.path() + ": " + limit)));
            }
        }
        makeRoom(arrival.door().loop());
        // The last transfer may have ended since there was no room.
        serveWaiting();
    }

    /** Now, and again as long as somebody waits: also after a flood, when nobody comes any more. */
    private void makeRoom(EventExecutor loop) {
        conversations.makeRoom(waiting.size(), settings);
        if (waiting.size() > 0 && planned.compareAndSet(false, true)) {
            loop.schedule(
                    () -> {
                        planned.set(false);
                        makeRoom(loop);
                    },
                    Unanswered.CHANCE_NANOS,
                    TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Somebody may have made room. One thread at a time serves those who wait, and looks once more for whoever comes
     * meanwhile: a request that ends at once makes room itself.
     */
    void serveWaiting() {
        if (waiting.size() == 0 || serving.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = serving.get();
            Optional<WaitingRequests.Waiting> next = nextWaiting();
            while (next.isPresent()) {
                ReadRequest request = next.get().request();
                Arrival arrival = next.get().arrival();
                Duration waited =
                        Duration.ofNanos(System.nanoTime() - next.get().since());
                BootRequest.normalise(request.path()).ifPresent(path -> begin(path, request, arrival, waited));
                next = nextWaiting();
            }
        } while (!serving.compareAndSet(seen, 0));
    }

    private String waitsFor(TransferId id) {
        return conversations.full(id, settings).orElse(lookups.isFull() ? "lookupQueue" : BEFORE);
    }

    /** The limits beside their use. */
    List<String> limits() {
        String reasons = waiting.countBy(this::waitsFor).entrySet().stream()
                .map(reason -> String.format(Locale.ROOT, "%,d for %s", reason.getValue(), reason.getKey()))
                .collect(Collectors.joining(", "));
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Transfers: %,d of %,d (maximumTransfers), at most %,d of one client"
                                + " (maximumTransfersPerClient)",
                        conversations.size(),
                        settings.maximumTransfers(),
                        settings.maximumTransfersPerClient()),
                String.format(
                        Locale.ROOT,
                        "Waiting: %,d of %,d (maximumWaiting)%s",
                        waiting.size(),
                        settings.maximumWaiting(),
                        reasons.isEmpty() ? "" : ": " + reasons),
                lookups.limits());
    }

    private Optional<WaitingRequests.Waiting> nextWaiting() {
        return lookups.isFull()
                ? Optional.empty()
                : waiting.next(id -> conversations.hasRoom(id, settings), System.nanoTime());
    }

    /** Takes no more; lookups that are queued are still answered. */
    void stop() {
        lookups.stop();
    }

    private void lookUp(String path, Conversation conversation, ReadRequest request, Arrival arrival) {
        InetSocketAddress remote = arrival.remote();
        try {
            lookups.find(path, request.mode().equals(TEXT), arrival).whenComplete((found, failure) -> {
                try {
                    if (conversation.isEnded() && (failure != null || found.isEmpty())) {
                        conversations.forget(conversation);
                    } else if (failure != null) {
                        failed(path, conversation, failure, arrival);
                    } else if (found.isPresent()) {
                        begin(found.get(), conversation, request, arrival);
                    } else {
                        notFound(path, conversation, arrival);
                    }
                } catch (RuntimeException
                        | LinkageError e) { // Nobody is told otherwise; a bundle may be being replaced
                    LOG.error(
                            "request of {} for {} has failed: this is a fault of the server; report it with"
                                    + " data/log/traces.log",
                            remote,
                            path,
                            e);
                    conversations.forget(conversation);
                }
                serveWaiting(); // who may have waited for a place in the queue of lookups
            });
        } catch (RejectedExecutionException e) {
            counters.add(Counters.Count.OVERLOADED);
            LOG.debug("no room to look for {} for {}", path, remote);
            conversations.forget(conversation);
        }
    }

    private void begin(OpenedFile file, Conversation conversation, ReadRequest request, Arrival arrival) {
        int largest = Terms.largestBlock(
                arrival.door().link().mtu(), arrival.remote().getAddress(), settings.maximumBlockSize());
        Terms terms =
                Terms.of(request.options(), file.length(), largest, settings.maximumWindowSize(), settings.timeout());
        FileSender sender = new FileSender(
                file,
                terms,
                settings.retries(),
                conversation.waited(),
                boot,
                counters,
                complaints,
                () -> conversations.forget(conversation));
        if (!conversation.hasSide(sender)) {
            sender.finish(Ending.quiet(Outcome.ABORTED, "the client began again"));
            return;
        }
        conversations.isAnswering(conversation);
        arrival.carry(sender, settings.isSinglePort(), counters, complaints);
    }

    private void notFound(String path, Conversation conversation, Arrival arrival) {
        counters.add(Counters.Count.NOT_FOUND);
        // Not INFO: loaders ask for a dozen names before they ask for the right one.
        LOG.debug("{} asked for {}, which no source has", conversation.id().remote(), path);
        end(
                conversation,
                BootEvent.Step.FILE_NOT_FOUND,
                path,
                new ErrorPacket(TftpErrorCode.FILE_NOT_FOUND, "file not found"),
                arrival);
    }

    private void failed(String path, Conversation conversation, Throwable failure, Arrival arrival) {
        counters.add(Counters.Count.FAILED);
        boolean late = failure instanceof TimeoutException;
        if (late) {
            complaints.isLate(path, conversation.id().client(), settings.lookupDeadline());
        } else {
            complaints.isUnreadable(path, conversation.id().client(), failure);
            LOG.debug("{} could not be read", path, failure);
        }
        end(
                conversation,
                BootEvent.Step.FILE_FAILED,
                path + ": " + (late ? "took too long" : failure.toString()),
                new ErrorPacket(
                        TftpErrorCode.NOT_DEFINED, late ? "the server took too long" : "the file cannot be read"),
                arrival);
    }

    private void end(
            Conversation conversation, BootEvent.Step step, String detail, ErrorPacket error, Arrival arrival) {
        InetSocketAddress remote = conversation.id().remote();
        // A client that asks again at once is not to be taken for a repetition.
        conversations.forget(conversation);
        arrival.refuse(error);
        Optional<BootClient> client =
                boot.client(remote.getAddress(), conversation.id().link());
        boot.record(BootEvent.of(step, client.map(BootClient::mac), Optional.of(remote.getAddress()), detail));
    }

    private void refuse(ErrorPacket error, ReadRequest request, Arrival arrival) {
        counters.add(Counters.Count.REFUSED);
        LOG.debug(
                "{} asked for '{}' in mode '{}': {}",
                arrival.remote(),
                ClientText.printable(request.path()),
                ClientText.printable(request.mode()),
                error.message());
        arrival.refuse(error);
    }
}
