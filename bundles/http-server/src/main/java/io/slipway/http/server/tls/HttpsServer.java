package io.slipway.http.server.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.slipway.http.server.Complaints;
import io.slipway.http.server.HttpServer;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.StreamDoor;
import io.slipway.sockets.StreamTaker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Takes the connections of the door {@code https}: what {@link HttpServer} says is encrypted there. Without a
 * certificate that can be used it closes them.
 */
@Component(
        service = {StreamTaker.class, HttpsServer.class},
        immediate = true,
        configurationPid = HttpsServer.PID,
        property = DatagramTaker.DOOR + "=https")
@Designate(ocd = HttpsServer.Config.class)
public final class HttpsServer implements StreamTaker {

    static final String PID = "io.slipway.http.tls";

    private static final long LOOK_MILLIS = 2_000;
    private static final String MISSING = "certificates";

    /** What the operator can set. */
    @ObjectClassDefinition(name = "Slipway HTTPS server", description = "The certificates of the door https")
    public @interface Config {
        @AttributeDefinition(description = "PEM files: a certificate and those that vouch for it; RSA, EC or both")
        String[] certificates() default {};

        @AttributeDefinition(
                description = "PEM files of the private keys, in the same order; none: they are in the same files")
        String[] keys() default {};
    }

    private final HttpServer server;
    private final Path etc;
    private final Certificates certificates = new Certificates(SslContext.defaultServerProvider());
    private final Complaints complaints = new Complaints();

    /**
     * To prove that a key is ours takes milliseconds, for which an event loop must not stop. What waits here is bounded
     * by the number of connections, and by the time for a handshake.
     */
    private final ExecutorService proofs;

    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(daemons("https-certificates"));

    @Activate
    public HttpsServer(Config config, @Reference HttpServer server) {
        this(config, server, Path.of(System.getProperty("karaf.etc", "etc")));
    }

    HttpsServer(Config config, HttpServer server, Path etc) {
        this.server = server;
        this.etc = etc;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        proofs = Executors.newFixedThreadPool(threads, daemons("https-handshake"));
        change(config);
        ScheduledFuture<?> unused = watch.scheduleWithFixedDelay(
                () -> certificates.look(Instant.now()), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Modified
    void change(Config config) {
        certificates.change(() -> TlsSettings.of(config, etc));
    }

    @Deactivate
    void stop() {
        watch.shutdownNow();
        // What is under way has its answer within milliseconds.
        proofs.shutdown();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void accepted(Channel connection, StreamDoor door) {
        Optional<SslContext> context = certificates.context();
        if (context.isPresent()) {
            complaints.settle(MISSING);
            server.accepted(connection, door, context.get().newHandler(connection.alloc(), proofs));
        } else {
            // Nothing is ever said in the clear at this door.
            connection.close();
            complaints.complain(
                    MISSING,
                    "clients of the door https are turned away, for it has no certificate: name one under certificates in"
                            + " etc/io.slipway.http.tls.cfg, or take the door out of doors in etc/io.slipway.sockets.cfg");
        }
    }

    /** What new connections are shown. */
    public List<CertificateInUse> certificates() {
        return certificates.described();
    }
}
