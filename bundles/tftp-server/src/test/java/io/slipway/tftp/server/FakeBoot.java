package io.slipway.tftp.server;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Files in a map, one known client on 127.0.0.1, and a memory of what happened. */
final class FakeBoot implements BootSide {

    /** What a lookup does before it answers. */
    interface Before {
        void lookup(BootRequest request) throws IOException;
    }

    static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");

    final Map<String, BootFile> files = new ConcurrentHashMap<>();
    final List<FakeTransfer> begun = new CopyOnWriteArrayList<>();
    final BlockingQueue<FakeTransfer> ended = new LinkedBlockingQueue<>();
    final BlockingQueue<BootEvent> journal = new LinkedBlockingQueue<>();
    final List<BootRequest> lookups = new CopyOnWriteArrayList<>();
    volatile Before before = request -> {};
    /** Whose files are served, too. */
    volatile Optional<Path> folder = Optional.empty();

    void put(String path, byte[] bytes) {
        files.put(path, BootFile.of(bytes, BootFile.OCTET_STREAM));
    }

    /** The next transfer that ends. */
    FakeTransfer awaitEnd() throws InterruptedException {
        FakeTransfer transfer = ended.poll(20, TimeUnit.SECONDS);
        if (transfer == null) {
            throw new AssertionError("no transfer has ended");
        }
        return transfer;
    }

    @Override
    public Optional<BootClient> client(InetAddress address, String link) {
        return address.isLoopbackAddress() && link.equals("test0")
                ? Optional.of(
                        BootClient.builder(MAC).address(address).link(link).build())
                : Optional.empty();
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        lookups.add(request);
        before.lookup(request);
        Optional<Path> onDisk = folder.map(
                        served -> served.resolve(request.path().substring(1)))
                .filter(Files::exists);
        return onDisk.isPresent()
                ? Optional.of(BootFile.of(onDisk.get(), BootFile.OCTET_STREAM))
                : Optional.ofNullable(files.get(request.path()));
    }

    @Override
    public Transfer begin(BootRequest request, BootFile file) {
        FakeTransfer transfer = new FakeTransfer(request, file.length(), ended);
        begun.add(transfer);
        return transfer;
    }

    @Override
    public Transfer beginUpload(BootRequest request, long length) {
        FakeTransfer transfer = new FakeTransfer(request, length, ended);
        begun.add(transfer);
        return transfer;
    }

    @Override
    public void record(BootEvent event) {
        journal.add(event);
    }
}
