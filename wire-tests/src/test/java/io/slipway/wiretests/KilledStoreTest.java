package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.store.Clearance;
import io.slipway.image.store.Inspection;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that imports, tags, untags and clears away is killed (SIGKILL) at any moment, again and again over the same store.
 * At every start no tag points at what is missing or damaged, and after clearing away nothing is left that no tag needs.
 * {@code -Dkills=100} for more of them.
 */
class KilledStoreTest {

    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final long SEED = Long.getLong("seed", 1);

    @TempDir
    private Path folder;

    /** What is killed. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Random random = new Random(Long.parseLong(arguments[1]));
            StoredImages images = new StoredImages(Path.of(arguments[0]));
            System.out.println("begins");
            Thread clearing = new Thread(() -> {
                while (true) {
                    try {
                        images.collect();
                    } catch (IOException e) {
                        System.out.println("failed " + e);
                    }
                }
            });
            clearing.start();
            for (int step = 0; ; step++) {
                ImageRef ref = new ImageRef("image-" + random.nextInt(5), "current");
                switch (random.nextInt(4)) {
                    case 0 -> images.store().untag(ref);
                    case 1 -> move(images, ref);
                    default -> images.publish(ref, bytes(random), bytes(random));
                }
                System.out.println("step " + step);
            }
        }

        /** To an image that another tag has, if it still has it when it comes to that. */
        private static void move(StoredImages images, ImageRef ref) throws IOException {
            for (Digest manifest : images.store().tags().values()) {
                try {
                    images.store().tag(ref, manifest);
                } catch (IOException e) {
                    System.out.println("gone " + e.getMessage());
                }
            }
        }

        /** Some of them again and again, so that blobs are shared. */
        private static byte[] bytes(Random random) {
            byte[] bytes = new byte[random.nextInt(300_000)];
            new Random(random.nextInt(20)).nextBytes(bytes);
            return bytes;
        }
    }

    @Test
    @Timeout(1200)
    void isConsistentAtEveryStart() throws Exception {
        Random random = new Random(SEED);
        int steps = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            steps += runAndKill(random);
            check("kill " + kill + " of seed " + SEED);
        }
        assertTrue(steps > KILLS, steps + " steps in " + KILLS + " runs");
    }

    private int runAndKill(Random random) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        Long.toString(random.nextLong()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = victim.inputReader()) {
            assertEquals("begins", said.readLine());
            int last = random.nextInt(12);
            int steps = 0;
            for (String line = said.readLine(); line != null && steps < last; line = said.readLine()) {
                assertTrue(line.startsWith("step ") || line.startsWith("gone "), line);
                steps++;
            }
            // In the middle of what comes next.
            victim.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
            return steps;
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private void check(String when) throws IOException {
        try (StoredImages images = new StoredImages(folder)) {
            Set<Digest> needed = new HashSet<>();
            for (Map.Entry<ImageRef, Digest> tag : images.store().tags().entrySet()) {
                Image image =
                        images.store().find(tag.getValue()).orElseThrow(() -> new AssertionError(when + ": " + tag));
                needed.add(tag.getValue());
                needed.add(Digest.parse("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
                for (ImageFile file : image.files()) {
                    assertTrue(images.store().blob(file.digest()).isPresent(), when + ": " + tag + " lacks " + file);
                    needed.add(file.digest());
                }
            }
            Inspection inspection = images.inspect();
            assertEquals(List.of(), inspection.damages(), when);
            Clearance.Result result = images.collect();
            assertEquals(needed.size(), images.blobs(), when + ": " + result);
            try (var left = Files.list(folder.resolve("images" + File.separator + ".incoming"))) {
                assertEquals(0, left.count(), when);
            }
        }
    }
}
