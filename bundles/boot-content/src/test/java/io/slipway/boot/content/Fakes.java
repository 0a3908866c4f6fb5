package io.slipway.boot.content;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Bootloader;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** What the tests of this package share. */
final class Fakes {

    static final BootClient CLIENT =
            BootClient.builder(MacAddress.parse("52:54:00:12:34:56")).build();
    static final BootClient IPXE = CLIENT.toBuilder().userClass("iPXE").build();

    private Fakes() {}

    static Complaints complaints() {
        return new Complaints(LoggerFactory.getLogger(Fakes.class));
    }

    static Netboot netboot(Optional<String> loader) {
        BootMenu menu = BootMenu.of(new BootEntry.LocalBoot("local", "Local disk"));
        return new Netboot(menu, loader, "profile x");
    }

    static <T> Ranked<T> ranked(T service, String name, int ranking) {
        return new Ranked<>(service, name, ranking, name.hashCode());
    }

    /** A loader that serves everyone with {@code /<name>.0}, shows there whether it was told a decision. */
    static class FakeLoader implements Bootloader {
        private final String name;

        FakeLoader(String name) {
            this.name = name;
        }

        @Override
        public Optional<NetworkProgram> program(BootClient client, BootDecision.Netboot netboot) {
            return Optional.of(new NetworkProgram("/" + name + ".0"));
        }

        @Override
        public boolean isRunningOn(BootClient client) {
            return client.userClass().equals(Optional.of(name));
        }

        @Override
        public Optional<BootFile> find(BootRequest request) {
            boolean isTold = request.netboot().isPresent();
            return request.path().equals("/menu")
                    ? Optional.of(file(name + (isTold ? " told" : " untold")))
                    : Optional.empty();
        }
    }

    /** A loader that can serve nobody. */
    static final class UselessLoader extends FakeLoader {
        UselessLoader(String name) {
            super(name);
        }

        @Override
        public Optional<NetworkProgram> program(BootClient client, BootDecision.Netboot netboot) {
            return Optional.empty();
        }

        @Override
        public List<String> problems() {
            return List.of("its program is missing");
        }
    }

    /** A loader with a bug in every method. */
    static final class BrokenLoader implements Bootloader {
        @Override
        public Optional<NetworkProgram> program(BootClient client, BootDecision.Netboot netboot) {
            throw new IllegalStateException("bug in program");
        }

        @Override
        public boolean isRunningOn(BootClient client) {
            throw new IllegalStateException("bug in isRunningOn");
        }

        @Override
        public Optional<BootFile> find(BootRequest request) {
            throw new IllegalStateException("bug in find");
        }
    }

    static BootFile file(String content) {
        return BootFile.of(content.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    static String text(BootFile file) throws Exception {
        ByteBuffer content = ByteBuffer.allocate((int) file.length());
        try (BootFile.Reader reader = file.open()) {
            reader.read(content, 0);
        }
        return new String(content.array(), StandardCharsets.UTF_8);
    }

    static BootRequest request(String path, Optional<BootClient> client) {
        InetSocketAddress nowhere = new InetSocketAddress("192.0.2.1", 69);
        return new BootRequest(path, BootTransport.TFTP, nowhere, nowhere, "eth0", client, Optional.empty());
    }
}
