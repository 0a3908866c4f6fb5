package io.slipway.wiretests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.content.ImageFiles;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred machines fetch an image in a loop while its tag is moved and what nothing needs is removed. {@code -Dmoves=1000}. */
class PublishingTest {

    private static final int MACHINES = 100;
    private static final int MOVES = Integer.getInteger("moves", 100);
    private static final ImageRef CURRENT = ImageRef.parse("debian:current");

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void everyMachineHasAPairThatBelongsTogether() throws Exception {
        ExecutorService machines = Executors.newFixedThreadPool(MACHINES);
        try (StoredImages images = new StoredImages(folder)) {
            Image one = images.publish(ImageRef.parse("debian:1"), content("kernel", 1), content("initrd", 1));
            Image two = images.publish(ImageRef.parse("debian:2"), content("kernel", 2), content("initrd", 2));
            images.store().tag(CURRENT, one.digest());
            ImageFiles files = new ImageFiles(images.store());
            AtomicBoolean done = new AtomicBoolean();
            List<Future<Integer>> fetching = new ArrayList<>();
            for (int machine = 0; machine < MACHINES; machine++) {
                fetching.add(machines.submit(() -> {
                    int pairs = 0;
                    for (; pairs == 0 || !done.get(); pairs++) {
                        fetch(images, files);
                    }
                    return pairs;
                }));
            }
            for (int move = 0; move < MOVES; move++) {
                images.store().tag(CURRENT, move % 2 == 0 ? two.digest() : one.digest());
                if (move % 100 == 0) {
                    images.collect();
                }
            }
            done.set(true);
            int pairs = 0;
            for (Future<Integer> fetched : fetching) {
                pairs += fetched.get(60, TimeUnit.SECONDS);
            }
            assertTrue(pairs >= MACHINES, pairs + " pairs");
            assertEquals(one, images.store().find(CURRENT).orElseThrow());
        } finally {
            machines.shutdownNow();
        }
    }

    /** As a machine does: its menu names the image by digest, then both files are asked for. */
    private static void fetch(StoredImages images, ImageFiles files) throws Exception {
        Image image = images.store().find(CURRENT).orElseThrow();
        byte[] kernel = read(files, image, "linux");
        byte[] initrd = read(files, image, "initrd");
        int version = kernel[kernel.length - 1];
        assertEquals(new String(content("kernel", version), UTF_8), new String(kernel, UTF_8));
        assertEquals(new String(content("initrd", version), UTF_8), new String(initrd, UTF_8));
    }

    private static byte[] read(ImageFiles files, Image image, String path) throws Exception {
        ImageFile file = image.file(path).orElseThrow();
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        BootFile found = files.find(new BootRequest(
                        image.bootPath(file),
                        BootTransport.HTTP,
                        nobody,
                        nobody,
                        "lo",
                        Optional.empty(),
                        Optional.empty()))
                .orElseThrow();
        ByteBuffer all = ByteBuffer.allocate((int) found.length());
        try (BootFile.Reader reader = found.open()) {
            reader.read(all, 0);
        }
        return all.array();
    }

    private static byte[] content(String what, int version) {
        byte[] bytes = (what + " ").repeat(1000).getBytes(UTF_8);
        bytes[bytes.length - 1] = (byte) version;
        return bytes;
    }
}
