package io.slipway.http.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.slipway.boot.BootClient;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Belongs to the event loop of its connection. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final String OVERLOAD = "overload";

    /** Is told, once, that the answer has been taken by the socket, or that there will be none. */
    interface End {
        void answered(boolean keepsAlive);
    }

    /** Lets an answer be written when the connection can take it: at once, or soon. */
    interface Gate {
        void pass(Runnable write);
    }

    private final ChannelHandlerContext context;
    private final Peer peer;
    private final HttpRequest request;
    private final ResponseWriter.Form form;
    private final Connections all;
    private final Connections.Serving serving;
    private final Gate gate;
    private final End whenEnded;
    private final Alarm alarm = new Alarm();
    private Optional<Delivery> delivery = Optional.empty();
    private long sendingSince = System.nanoTime();
    private boolean ended;

    /** @param gate passed once, with the answer */
    Exchange(ChannelHandlerContext context, Peer peer, HttpRequest request, Connections all, Gate gate, End whenEnded) {
        this.context = context;
        this.peer = peer;
        this.request = request;
        this.form = ResponseWriter.Form.of(request);
        this.all = all;
        this.serving = all.serving();
        this.gate = gate;
        this.whenEnded = whenEnded;
    }

    /** Looks for the file and answers. */
    void begin() {
        all.counters().add(Counters.Count.REQUESTS);
        Optional<RequestTarget> target = RequestTarget.parse(request.uri());
        if (!RequestRules.isServed(request.method())) {
            answer(Answer.refusal(HttpResponseStatus.METHOD_NOT_ALLOWED));
        } else if (target.isEmpty()) {
            all.counters().add(Counters.Count.MALFORMED);
            LOG.debug("{} asked for '{}'", peer.remote(), ClientText.printable(request.uri()));
            answer(Answer.refusal(HttpResponseStatus.BAD_REQUEST));
        } else if (target.get().path().isEmpty()) {
            notFound(ClientText.printable(request.uri()));
        } else {
            lookUp(target.get().path().get());
        }
    }

    private void lookUp(String path) {
        Optional<OpenedFile> kept = serving.lookups().kept(path, peer);
        if (kept.isPresent()) {
            send(kept.get());
            return;
        }
        try {
            serving.lookups().find(path, peer).whenComplete((found, failure) -> {
                try {
                    context.executor().execute(() -> lookedUp(path, found == null ? Optional.empty() : found, failure));
                } catch (RejectedExecutionException e) {
                    LOG.debug("{} was found after the event loops had stopped", ClientText.printable(path), e);
                    Optional.ofNullable(found).flatMap(file -> file).ifPresent(Exchange::close);
                }
            });
        } catch (RejectedExecutionException e) {
            all.counters().add(Counters.Count.OVERLOADED);
            all.complaints()
                    .complain(
                            OVERLOAD,
                            "more HTTP requests come than files can be looked for, further clients are"
                                    + " told to come again: raise lookupThreads or lookupQueue in etc/io.slipway.http.server.cfg");
            answer(Answer.refusal(HttpResponseStatus.SERVICE_UNAVAILABLE));
        }
    }

    /** @param failure null when the lookup went well, as {@code CompletableFuture} has it */
    private void lookedUp(String path, Optional<OpenedFile> found, Throwable failure) {
        if (ended) {
            found.ifPresent(Exchange::close);
        } else if (failure != null) {
            failed(path, failure);
        } else if (found.isPresent()) {
            all.complaints().settle(path);
            if (serving.lookups().isIdle()) {
                all.complaints().settle(OVERLOAD);
            }
            send(found.get());
        } else {
            notFound(path);
        }
    }

    private void send(OpenedFile file) {
        Answer answer;
        try {
            answer = Answer.of(request.headers(), form.isHead(), file.representation(), Instant.now());
        } catch (IllegalArgumentException e) {
            // A source's media type that no header can carry.
            close(file);
            failed(file.request().path(), e);
            return;
        }
        if (form.isHead() || answer.body().isEmpty()) {
            close(file);
            if (answer.body().isPresent()) {
                probed(file);
            }
            answer(answer);
            return;
        }
        all.counters().add(Counters.Count.BEGUN);
        Transfer transfer = all.boot().begin(file.request(), file.file());
        Delivery begun = new Delivery(context, file, answer.body().get(), transfer, peer, ending -> {
            AccessLog.answered(peer, request, answer.status().code(), transfer.sent());
            delivered(ending);
        });
        delivery = Optional.of(begun);
        write(() -> {
            ResponseWriter.writeHead(context, answer, form());
            begun.next();
        });
    }

    private void delivered(Ending ending) {
        finish(ending.outcome() == Outcome.COMPLETED && form().keepsAlive());
        if (ending.outcome() != Outcome.COMPLETED) {
            // Less was sent than promised: only a broken connection tells the client.
            context.close();
        }
    }

    private void answer(Answer answer) {
        ResponseWriter.Form last = form();
        write(() -> ResponseWriter.write(context, answer, last).addListener(written -> {
            AccessLog.answered(
                    peer,
                    request,
                    answer.status().code(),
                    form.isHead() ? 0 : answer.text().length());
            finish(written.isSuccess() && last.keepsAlive());
        }));
    }

    private void write(Runnable write) {
        sendingSince = System.nanoTime();
        gate.pass(() -> {
            if (!ended) {
                watch();
                write.run();
            }
        });
    }

    /** From here on the client must take something of the answer now and then. */
    private void watch() {
        Duration limit = all.serving().settings().sendTimeout();
        Duration left = limit.minus(silence());
        if (left.isNegative() || left.isZero()) {
            all.counters().add(Counters.Count.TOO_SLOW);
            end(new Ending(Outcome.TIMED_OUT, "the client took nothing for " + limit.toMillis() + " ms"));
            context.close();
        } else {
            alarm.set(context.executor(), left, this::watch);
        }
    }

    private ResponseWriter.Form form() {
        return all.isStopping() ? form.closing() : form;
    }

    private void finish(boolean keepsAlive) {
        if (!ended) {
            ended = true;
            alarm.cancel();
            whenEnded.answered(keepsAlive);
        }
    }

    private void probed(OpenedFile file) {
        all.boot()
                .record(new BootEvent(
                        Step.FILE_PROBED,
                        file.request().client().map(BootClient::mac),
                        Optional.of(peer.remote().getAddress()),
                        Instant.now(),
                        file.request().path(),
                        OptionalLong.of(file.file().length()),
                        Optional.empty()));
    }

    private void notFound(String path) {
        all.counters().add(Counters.Count.NOT_FOUND);
        // Not INFO: loaders ask for a dozen names before they ask for the right one.
        LOG.debug("{} asked for {}, which no source has", peer.remote(), ClientText.printable(path));
        record(Step.FILE_NOT_FOUND, path);
        answer(Answer.refusal(HttpResponseStatus.NOT_FOUND));
    }

    private void failed(String path, Throwable failure) {
        all.counters().add(Counters.Count.FAILED);
        boolean late = failure instanceof TimeoutException;
        String visible = ClientText.printable(path);
        if (late) {
            all.complaints()
                    .complain(
                            path,
                            visible + " was not found within "
                                    + serving.settings().lookupDeadline().toMillis()
                                    + " ms: a source of boot files hangs or is overloaded; look at its disk, or raise"
                                    + " lookupThreads or lookupDeadline in etc/io.slipway.http.server.cfg");
        } else {
            all.complaints()
                    .complain(
                            path,
                            visible + " could not be read: " + failure + "; mend that file's permissions or its"
                                    + " disk");
        }
        LOG.debug("{} for {}", visible, peer.remote(), failure);
        record(Step.FILE_FAILED, path + ": " + (late ? "took too long" : failure.toString()));
        answer(Answer.refusal(
                late ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.INTERNAL_SERVER_ERROR));
    }

    private void record(Step step, String detail) {
        Optional<BootClient> client = all.boot().client(peer.remote().getAddress(), peer.link());
        all.boot()
                .record(BootEvent.of(
                        step,
                        client.map(BootClient::mac),
                        Optional.of(peer.remote().getAddress()),
                        detail));
    }

    /** For how long the client has taken nothing of the answer. */
    private Duration silence() {
        return delivery.map(Delivery::silence).orElseGet(() -> Duration.ofNanos(System.nanoTime() - sendingSince));
    }

    /** Ends it before its time. The connection is to be closed. */
    void end(Ending ending) {
        delivery.ifPresent(running -> running.end(ending));
        finish(false);
    }

    private static void close(OpenedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing {}", file.request().path(), e);
        }
    }
}
