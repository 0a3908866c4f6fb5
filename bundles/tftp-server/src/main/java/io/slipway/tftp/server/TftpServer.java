package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
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
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * Serves the boot content by TFTP, and takes files into a folder apart if that is set: RFC 1350 with the options blksize (RFC 2348), tsize and timeout
 * (RFC 2349), windowsize (RFC 7440) and utimeout. A changed configuration or a replaced service does not disturb transfers that run.
 */
@Component(
        service = {DatagramTaker.class, TransferLoad.class},
        // Not delayed: a broken value is told when it is written, not when the first client asks.
        immediate = true,
        configurationPid = TftpServer.PID,
        property = DatagramTaker.DOOR + "=tftp")
@Designate(ocd = TftpServer.Config.class)
public final class TftpServer implements DatagramTaker, TransferLoad {

    static final String PID = "io.slipway.tftp.server";

    /** What the operator can set. */
    @ObjectClassDefinition(name = "Slipway TFTP server", description = "TFTP of the boot content")
    public @interface Config {
        @AttributeDefinition(description = "Transfers at a time; further clients wait until one ends")
        String maximumTransfers() default "2000";

        @AttributeDefinition(description = "The same for one address")
        String maximumTransfersPerClient() default "32";

        @AttributeDefinition(description = "Requests that may wait so; more are dropped, and the clients ask again")
        String maximumWaiting() default "10000";

        @AttributeDefinition(description = "Bytes in a block at most, 8 to 65464; 0: as much as the link carries")
        String maximumBlockSize() default "0";

        @AttributeDefinition(
                description = "Blocks that a client may ask for at a time (windowsize), 1 to 65535; 1: never")
        String maximumWindowSize() default "64";

        @AttributeDefinition(
                description =
                        "Milliseconds before the first retransmission while it is not known how quickly the client"
                                + " answers; doubles with each")
        String timeout() default "1000";

        @AttributeDefinition(description = "Retransmissions of a packet before a silent client is given up")
        String retries() default "5";

        @AttributeDefinition(
                description = "Whether transfers are sent from the port of the request, for NAT and firewalls")
        String singlePort() default "false";

        @AttributeDefinition(description = "Threads that look for files")
        String lookupThreads() default "4";

        @AttributeDefinition(description = "Requests that may wait for such a thread; more wait as for a transfer")
        String lookupQueue() default "500";

        @AttributeDefinition(description = "Milliseconds after which a client is told that its file took too long")
        String lookupDeadline() default "5000";

        @AttributeDefinition(description = "Milliseconds for which transfers may go on when the server stops")
        String drainTime() default "2000";

        @AttributeDefinition(description = "The folder for what clients send (WRQ), an absolute path; none: refused")
        String uploads() default "";

        @AttributeDefinition(description = "Who may send: known, addresses and subnets, separated by commas")
        String uploadsFrom() default "known";

        @AttributeDefinition(description = "Bytes of one file that a client sends")
        String maximumUploadSize() default "64M";

        @AttributeDefinition(description = "Bytes of all files in the folder for uploads")
        String maximumUploadSpace() default "1G";

        @AttributeDefinition(description = "Files that clients send at a time; further clients ask again")
        String maximumUploads() default "8";
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

    private final TftpRequests requests;
    private final SynchronousBundleListener watch = this::changed;
    private volatile Settings settings;

    @Activate
    public TftpServer(Config config) {
        settings = Settings.of(config);
        requests = new TftpRequests(new Services(), settings);
    }

    @Modified
    void change(Config config) {
        settings = Settings.of(config);
        requests.change(settings);
    }

    /** When the whole server stops, TFTP and HTTP drain at the same time, and not one after the other. */
    @Activate
    void watch(BundleContext bundle) {
        bundle.addBundleListener(watch);
    }

    @Deactivate
    void stop(BundleContext bundle) {
        bundle.removeBundleListener(watch);
        requests.stop(settings.drainTime().toMillis());
    }

    @Override
    public void received(ByteBuf packet, InetSocketAddress sender, InetAddress recipient, DatagramDoor door) {
        requests.received(packet, sender, recipient, door);
    }

    @Override
    public boolean isConversing() {
        return settings.isSinglePort();
    }

    private void changed(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            requests.takeNoMore();
        }
    }

    @Override
    public BootTransport transport() {
        return BootTransport.TFTP;
    }

    @Override
    public List<String> limits() {
        return requests.limits();
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Counters.Count count : Counters.Count.values()) {
            counts.put(
                    count.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    requests.counters().get(count));
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
        public Transfer beginUpload(BootRequest request, long length) {
            return transfers.beginUpload(request, length);
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
