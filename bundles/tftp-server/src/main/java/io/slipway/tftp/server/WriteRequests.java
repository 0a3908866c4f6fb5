package io.slipway.tftp.server;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.sockets.DatagramConversation;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.WriteRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a write request to an upload that runs, or to the error that says why there is none. Safe for use by many threads. */
final class WriteRequests {

    private static final Logger LOG = LoggerFactory.getLogger(WriteRequests.class);

    private static final String TEXT = "netascii";
    /** RFC 1350 section 1 has mail too, and calls it obsolete. */
    private static final Set<String> MODES = Set.of("octet", TEXT);

    /** What comes in one window at most: it may be in memory for each upload. */
    private static final int MOST_BYTES_OF_WINDOW = 131_072;

    private static final int THREADS = 2;

    private final BootSide boot;
    private final Conversations conversations;
    private final Counters counters;
    private final Complaints complaints;
    /** Each upload has one job at a time, so it is the number of uploads that bounds the queue. */
    private final ThreadPoolExecutor writer;

    private final AtomicInteger running = new AtomicInteger();
    private volatile Settings settings;
    private volatile Optional<UploadFolder> folder = Optional.empty();

    WriteRequests(
            BootSide boot, Settings settings, Conversations conversations, Counters counters, Complaints complaints) {
        this.boot = boot;
        this.conversations = conversations;
        this.counters = counters;
        this.complaints = complaints;
        AtomicInteger count = new AtomicInteger();
        writer = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "tftp-upload-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        writer.allowCoreThreadTimeOut(true);
        change(settings);
    }

    /** For new requests; what runs goes on. */
    synchronized void change(Settings changed) {
        settings = changed;
        Optional<Path> wanted = changed.uploads().map(UploadSettings::folder);
        if (!folder.map(UploadFolder::path).equals(wanted)) {
            folder = wanted.map(UploadFolder::new);
            folder.ifPresent(fresh -> write(() -> {
                try {
                    fresh.prepare();
                } catch (IOException e) {
                    complaints.uploadsFail(fresh.path(), e);
                }
            }));
        }
    }

    /** Its limits beside their use; empty while nothing is taken. */
    Optional<String> limits() {
        return settings.uploads()
                .map(uploads -> "Uploads: " + running.get() + " of " + uploads.maximumAtATime()
                        + " (maximumUploads) to " + uploads.folder());
    }

    /** Called on the door's event loop. */
    void received(WriteRequest request, Arrival arrival) {
        Settings now = settings;
        Optional<UploadFolder> into = folder;
        InetAddress address = arrival.remote().getAddress();
        Optional<BootClient> client = boot.client(address, arrival.id().link());
        if (now.uploads().isEmpty() || into.isEmpty()) {
            refuse(TftpErrorCode.ACCESS_VIOLATION, "access violation: read-only", request, arrival);
            return;
        }
        UploadSettings uploads = now.uploads().get();
        if (!uploads.mayBeSentBy(address, client.isPresent())) {
            refuse(TftpErrorCode.ACCESS_VIOLATION, "access violation: not from this address", request, arrival);
            return;
        }
        if (!MODES.contains(request.mode())) {
            refuse(TftpErrorCode.NOT_DEFINED, "only octet and netascii are taken", request, arrival);
            return;
        }
        Optional<Conversation> earlier = conversations.with(arrival.id());
        if (earlier.isPresent() && earlier.get().isRepeatedBy(request)) {
            counters.add(Counters.Count.REPEATED);
            return;
        }
        if ((earlier.isEmpty() && !conversations.hasRoom(arrival.id(), now)) || !hasPlace(uploads)) {
            counters.add(Counters.Count.OVERLOADED); // the client asks again
            complaints.clientsWait(conversations.full(arrival.id(), now).orElse("maximumUploads"));
            return;
        }
        Conversation conversation = conversations.begin(arrival.id(), request, Duration.ZERO);
        earlier.ifPresent(old -> old.end(Ending.quiet(Outcome.ABORTED, "the client began again")));
        try {
            writer.execute(() -> begin(new Asked(request, arrival, client, conversation, now, uploads, into.get())));
        } catch (RejectedExecutionException e) {
            LOG.debug("no uploads any more for {}", arrival.remote(), e);
            gone(conversation);
        }
    }

    private record Asked(
            WriteRequest request,
            Arrival arrival,
            Optional<BootClient> client,
            Conversation conversation,
            Settings settings,
            UploadSettings uploads,
            UploadFolder folder) {

        /** A MAC says more than an address, which others have tomorrow. */
        String clientName() {
            return client.map(known -> known.mac().toString())
                    .orElse(arrival.remote().getAddress().getHostAddress())
                    .replaceAll("[:%]", "-");
        }

        BootRequest under(String path) {
            return new BootRequest(
                    path,
                    BootTransport.TFTP,
                    arrival.remote(),
                    new InetSocketAddress(arrival.local(), arrival.door().port()),
                    arrival.id().link(),
                    client,
                    Optional.empty());
        }
    }

    private boolean hasPlace(UploadSettings uploads) {
        int most = uploads.maximumAtATime();
        return running.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }

    private void gone(Conversation conversation) {
        running.decrementAndGet();
        conversations.forget(conversation);
    }

    /** On a thread of the writer. */
    private void begin(Asked asked) {
        OptionalLong announced = Terms.size(asked.request().options());
        try {
            Upload upload =
                    asked.folder().begin(asked.clientName(), asked.request().path(), announced, asked.uploads());
            try {
                if (!isServed(upload, asked)) {
                    receive(asked, upload, announced);
                    return;
                }
            } catch (IOException | RuntimeException | LinkageError e) {
                upload.discard();
                throw e;
            }
            upload.discard();
            complaints.uploadsAreServed(asked.folder().path());
            refuse(asked, TftpErrorCode.ACCESS_VIOLATION, "access violation");
        } catch (UploadFolder.NoRoomException e) {
            complaints.hasNoRoom(asked.arrival().id().client(), e.getMessage());
            refuse(asked, TftpErrorCode.DISK_FULL, "disk full or allocation exceeded");
        } catch (IOException | RuntimeException | LinkageError e) {
            complaints.uploadsFail(asked.folder().path(), e);
            refuse(asked, TftpErrorCode.NOT_DEFINED, "the file cannot be written");
        }
    }

    /** Whether machines could fetch what is uploaded: asked of the boot content itself, whatever serves there. */
    private boolean isServed(Upload upload, Asked asked) throws IOException {
        Path file = upload.part().toRealPath();
        for (int first = 0; first < file.getNameCount(); first++) {
            if (boot.find(asked.under("/" + file.subpath(first, file.getNameCount())))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void receive(Asked asked, Upload upload, OptionalLong announced) {
        Arrival arrival = asked.arrival();
        Conversation conversation = asked.conversation();
        int largest = Math.min(
                DatagramConversation.LONGEST_RECEIVED - TftpEncoder.DATA_HEADER,
                Terms.largestBlock(
                        arrival.door().link().mtu(),
                        arrival.remote().getAddress(),
                        asked.settings().maximumBlockSize()));
        int window = Math.max(1, Math.min(asked.settings().maximumWindowSize(), MOST_BYTES_OF_WINDOW / largest));
        Terms terms = Terms.of(
                asked.request().options(),
                announced.orElse(0),
                largest,
                window,
                asked.settings().timeout());
        FileReceiver receiver = new FileReceiver(
                asked.under("/" + upload.whole().getFileName()),
                ClientText.printable(asked.request().path()),
                announced.orElse(0),
                terms,
                asked.settings().retries(),
                upload,
                asked.request().mode().equals(TEXT) ? Optional.of(new NetAscii.Decoder()) : Optional.empty(),
                boot,
                counters,
                new Kept(asked),
                () -> conversations.forget(conversation));
        if (!conversation.hasSide(receiver)) {
            receiver.finish(Ending.quiet(Outcome.ABORTED, "the client began again"));
            return;
        }
        conversations.isAnswering(conversation);
        arrival.carry(receiver, asked.settings().isSinglePort(), counters, complaints);
    }

    private final class Kept implements FileReceiver.Keeper {

        private final Asked asked;

        Kept(Asked asked) {
            this.asked = asked;
        }

        @Override
        public void grow(Upload upload, long bytes) throws IOException {
            asked.folder().grow(upload, bytes, asked.uploads());
        }

        @Override
        public void write(Runnable job) {
            WriteRequests.this.write(job);
        }

        @Override
        public void ended(Optional<Transfer> transfer, Ending ending, Duration took) {
            running.decrementAndGet();
            if (ending.outcome() == Outcome.COMPLETED) {
                counters.add(Counters.Count.UPLOADED);
            }
            ending.unwritten()
                    .ifPresent(cause -> complaints.uploadsFail(asked.folder().path(), cause));
            transfer.ifPresent(begun -> TransferLog.uploaded(begun, ending, took));
        }
    }

    /** On a thread of the writer; after that has stopped, at once. */
    private void write(Runnable job) {
        try {
            writer.execute(job);
        } catch (RejectedExecutionException e) {
            LOG.debug("the writer has stopped", e);
            job.run();
        }
    }

    private void refuse(Asked asked, TftpErrorCode code, String why) {
        gone(asked.conversation());
        if (!asked.conversation().isEnded()) {
            refuse(code, why, asked.request(), asked.arrival());
        }
    }

    private void refuse(TftpErrorCode code, String why, WriteRequest request, Arrival arrival) {
        counters.add(Counters.Count.REFUSED);
        LOG.debug(
                "{} wanted to write '{}' in mode '{}': {}",
                arrival.remote(),
                ClientText.printable(request.path()),
                ClientText.printable(request.mode()),
                why);
        arrival.refuse(new ErrorPacket(code, why));
    }

    /** Takes no more; what is queued is still written. */
    void stop() {
        writer.shutdown();
    }
}
