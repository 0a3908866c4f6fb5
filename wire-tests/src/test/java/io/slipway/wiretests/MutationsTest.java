package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every truncation of every vector, and seeded mutations of all of them, through the whole chain. */
class MutationsTest {

    private static final long SEED = 20261128;
    private static final int HEADER = 236;
    private static final int MUTATIONS = 30_000;

    /** A datagram and how it comes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(byte[] bytes, Arrival arrival) {}

    /** What the vectors of this module, of the codec and of the boot handler send. */
    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (WireVector vector : WireVector.all("vectors")) {
            for (WireVector.Step step : vector.steps()) {
                samples.add(new Sample(step.request(), step.arrival()));
            }
        }
        for (String folder : List.of("others/codec", "others/codec/malformed", "others/boot")) {
            for (byte[] bytes : WireVector.messages(folder)) {
                samples.add(new Sample(bytes, Arrival.BROADCAST));
            }
        }
        return samples;
    }

    @Test
    void truncationsAreAnsweredOrDropped() throws IOException {
        int messages = 0;
        try (ShippedChain chain = new ShippedChain()) {
            for (Sample sample : samples()) {
                // before the options every length is as bad as another
                int[] lengths = Stream.iterate(
                                0,
                                length -> length < sample.bytes().length,
                                length -> length + (length < HEADER - 1 ? 59 : 1))
                        .mapToInt(length -> length)
                        .toArray();
                for (int length : lengths) {
                    byte[] bytes = Arrays.copyOf(sample.bytes(), length);
                    messages += AnyBytes.areAMessage(bytes) ? 1 : 0;
                    AnyBytes.areAnsweredOrDropped(chain, bytes, sample.arrival());
                }
            }
        }
        assertTrue(messages > 1_000, "only " + messages + " were messages");
    }

    @Test
    void mutationsAreAnsweredOrDropped() throws IOException {
        Random random = new Random(SEED);
        List<Sample> samples = samples();
        int messages = 0;
        try (ShippedChain chain = new ShippedChain()) {
            for (int i = 0; i < MUTATIONS; i++) {
                Sample sample = samples.get(random.nextInt(samples.size()));
                byte[] bytes = mutated(sample.bytes(), random);
                messages += AnyBytes.areAMessage(bytes) ? 1 : 0;
                AnyBytes.areAnsweredOrDropped(chain, bytes, sample.arrival());
            }
        }
        assertTrue(messages > MUTATIONS / 10 && messages < MUTATIONS, messages + " were messages");
    }

    /** One to four bytes are others, most of them among the options. */
    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > HEADER; n--) {
            int from = random.nextInt(4) == 0 ? 0 : HEADER + 4;
            if (from < bytes.length) {
                bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt();
            }
        }
        return bytes;
    }
}
