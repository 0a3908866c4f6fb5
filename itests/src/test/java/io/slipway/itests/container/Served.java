package io.slipway.itests.container;

import io.slipway.sockets.Door;
import io.slipway.sockets.Doors;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
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
    List<Door> doors() {
        ServiceReference<Doors> reference = context.getServiceReference(Doors.class);
        Doors doors = reference == null ? null : context.getService(reference);
        return doors == null ? List.of() : doors.open();
    }

    /** A text over TFTP; empty when it is not served. */
    Optional<String> text(String path) throws IOException {
        Optional<Door> door = door("tftp");
        return door.isPresent()
                ? TftpClient.fetch(door.get().port(), path).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** A text over HTTP; empty when it is not served. */
    Optional<String> page(String path) throws IOException {
        Optional<Door> door = door("http");
        if (door.isEmpty()) {
            return Optional.empty();
        }
        HttpURLConnection connection =
                (HttpURLConnection) new URL("http://127.0.0.1:" + door.get().port() + "/" + path).openConnection();
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            return Optional.empty();
        }
        try (InputStream body = connection.getInputStream()) {
            return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Optional<Door> door(String name) {
        return doors().stream().filter(open -> open.name().equals(name)).findFirst();
    }
}
