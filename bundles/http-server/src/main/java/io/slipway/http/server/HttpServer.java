package io.slipway.http.server;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.BootContent;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootJournal;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer;
import io.slipway.boot.TransferLoad;
import io.slipway.boot.Transfers;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.StreamDoor;
import io.slipway.sockets.StreamTaker;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Serves the boot content by HTTP (RFC 9110, RFC 9112, RFC 9113), read-only: GET and HEAD, with ranges and conditions. A
 * changed configuration or a replaced service does not disturb answers that are under way.
 */
@Component(
        service = {StreamTaker.class, TransferLoad.class, HttpServer.class},
        // Not delayed: a broken value is told when it is written, not when the first client asks.
        immediate = true,
        configurationPid = HttpServer.PID,
        property = DatagramTaker.DOOR + "=http")
@Designate(ocd = HttpServer.Config.class)
public final class HttpServer implements StreamTaker, TransferLoad {

    static final String PID = "io.slipway.http.server";

    /** What the operator can set. */
    @ObjectClassDefinition(name = "Slipway HTTP server", description = "Read-only HTTP of the boot content")
    public @interface Config {
        @AttributeDefinition(description = "Connections at a time; for further ones those without a request are closed")
        String maximumConnections() default "4096";

        @AttributeDefinition(description = "Milliseconds after which a connection without a request is closed")
        String idleTimeout() default "30000";

        @AttributeDefinition(description = "Milliseconds within which a request must be complete once it has begun")
        String headerTimeout() default "10000";

        @AttributeDefinition(description = "Milliseconds after which a client that takes nothing is given up")
        String sendTimeout() default "60000";

        @AttributeDefinition(description = "Threads that look for files")
        String lookupThreads() default "4";

        @AttributeDefinition(description = "Requests that may wait for such a thread; more are told to come again")
        String lookupQueue() default "500";

        @AttributeDefinition(description = "Milliseconds after which a client is told that its file took too long")
        String lookupDeadline() default "5000";

        @AttributeDefinition(description = "Milliseconds for which answers may go on when the server stops")
        String drainTime() default "2000";
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile BootClients clients;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile BootContent content;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Transfers transfers;

    /** Null while there is no journal. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile BootJournal journal;

    private final Connections connections;
    private final SynchronousBundleListener watch = this::changed;
    private volatile Settings settings;

    @Activate
    public HttpServer(Config config) {
        settings = Settings.of(config);
        connections = new Connections(new Services(), settings);
    }

    @Modified
    void change(Config config) {
        settings = Settings.of(config);
        connections.change(settings);
    }

    /** When the whole server stops, TFTP and HTTP drain at the same time, and not one after the other. */
    @Activate
    void watch(BundleContext bundle) {
        bundle.addBundleListener(watch);
    }

    @Deactivate
    void stop(BundleContext bundle) {
        bundle.removeBundleListener(watch);
        connections.stop(settings.drainTime().toMillis());
    }

    @Override
    public void accepted(Channel connection, StreamDoor door) {
        connections.accepted(connection, door, Optional.empty());
    }

    /** A new connection whose bytes are encrypted. Called as {@link #accepted} is. */
    public void accepted(Channel connection, StreamDoor door, SslHandler encryption) {
        connections.accepted(connection, door, Optional.of(encryption));
    }

    private void changed(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            connections.takeNoMore();
        }
    }

    @Override
    public BootTransport transport() {
        return BootTransport.HTTP;
    }

    @Override
    public List<String> limits() {
        return connections.limits();
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Counters.Count count : Counters.Count.values()) {
            counts.put(
                    count.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    connections.counters().get(count));
        }
        return counts;
    }

    /** The services that are there now. */
    private final class Services implements BootSide {

        @Override
        public Optional<BootClient> client(InetAddress address, String link) {
            return clients.at(address, link);
        }

        @Override
        public Optional<BootFile> find(BootRequest request) throws IOException {
            return content.find(request);
        }

        @Override
        public Transfer begin(BootRequest request, BootFile file) {
            return transfers.begin(request, file);
        }

        @Override
        public void record(BootEvent event) {
            BootJournal present = journal;
            if (present != null) {
                present.record(event);
            }
        }
    }
}
