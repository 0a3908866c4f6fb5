package io.slipway.itests.container;

import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Doors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What the container serves now. Looks the service up each time: another configuration means other sockets. */
final class Served {

    private final BundleContext context;

    Served(BundleContext context) {
        this.context = context;
    }

    /** Empty while there is no such service. */
    List<DatagramDoor> doors() {
        ServiceReference<Doors> reference = context.getServiceReference(Doors.class);
        Doors doors = reference == null ? null : context.getService(reference);
        return doors == null ? List.of() : doors.open();
    }

    /** A text over TFTP; empty when it is not served. */
    Optional<String> text(String path) throws IOException {
        Optional<DatagramDoor> door = doors().stream().filter(open -> open.name().equals("tftp")).findFirst();
        return door.isPresent()
                ? TftpClient.fetch(door.get().port(), path).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
