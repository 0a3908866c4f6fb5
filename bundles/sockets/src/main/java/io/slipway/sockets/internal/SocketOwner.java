package io.slipway.sockets.internal;

import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Door;
import io.slipway.sockets.Doors;
import io.slipway.sockets.StreamTaker;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Owns the event loops and every listening socket while it is active. */
@Component(
        service = Doors.class,
        immediate = true,
        configurationPid = SocketOwner.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SocketOwner.Config.class)
public final class SocketOwner implements Doors {

    static final String PID = "io.slipway.sockets";

    /** The configuration of the listening sockets. */
    @ObjectClassDefinition(name = "Slipway sockets", description = "The listening sockets of the server.")
    public @interface Config {

        @AttributeDefinition(description = "The network interfaces to serve, such as eth0. None: nothing is served.")
        String[] interfaces() default {};

        @AttributeDefinition(
                description =
                        "The doors and their ports, UDP unless /tcp follows; port 0 lets the kernel choose; /shared"
                                + " lets other programs that share it have the port, too.")
        String[] doors() default {"dhcp:67", "pxe:4011", "tftp:69", "http:80/tcp"};

        @AttributeDefinition(
                description = "Whether the doors that are not of DHCP are open at the interfaces' IPv6 addresses, too.")
        String ipv6() default "true";

        @AttributeDefinition(description = "auto (native epoll where it can be loaded), epoll, or nio.")
        String transport() default "auto";

        @AttributeDefinition(description = "Event loop threads; 0 means one a processor.")
        String threads() default "0";

        @AttributeDefinition(description = "Receive buffer of each listening socket, in bytes.")
        String receiveBuffer() default "8388608";

        @AttributeDefinition(
                description =
                        "Microseconds that a thread looks for packets before it sleeps, while no more TFTP transfers run"
                                + " than there are threads; 0: never.")
        String polling() default "250";

        @AttributeDefinition(
                description = "Bytes a second of boot files in all, by TFTP and HTTP, such as 500M; 0: no limit.")
        String bandwidth() default "0";

        @AttributeDefinition(description = "The same to single subnets, such as 10.1.0.0/16:50M.")
        String[] subnetBandwidth() default {};
    }

    private final Takers takers = new Takers();
    private final EventLoops loops;
    private final DoorKeeper keeper;

    @Activate
    public SocketOwner(Config config) {
        Settings settings = Settings.of(config);
        loops = new EventLoops(settings);
        keeper = new DoorKeeper(settings, loops, takers);
        keeper.start();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addTaker(DatagramTaker taker, Map<String, Object> properties) {
        add(new Takers.Datagrams(taker), properties);
    }

    void removeTaker(DatagramTaker taker) {
        remove(new Takers.Datagrams(taker));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addStreamTaker(StreamTaker taker, Map<String, Object> properties) {
        add(new Takers.Streams(taker), properties);
    }

    void removeStreamTaker(StreamTaker taker) {
        remove(new Takers.Streams(taker));
    }

    private void add(Takers.Taker taker, Map<String, Object> properties) {
        takers.add(taker, properties);
        keeper.takersChanged();
    }

    private void remove(Takers.Taker taker) {
        takers.remove(taker);
        keeper.takersChanged();
    }

    @Override
    public List<Door> open() {
        return keeper.open();
    }

    @Deactivate
    void close() {
        keeper.close();
        loops.close();
    }
}
