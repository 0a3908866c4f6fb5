package io.slipway.wiretests;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of {@code vectors}: what a client sends and what it is answered, byte by byte, in the order of a conversation.
 *
 * <pre>
 * # What it is, and where it was seen.
 * &gt; dhcp on eth0
 * 01 01 06 00            # hex octets, 00*10 for ten of them, # for comments
 * &lt; 255.255.255.255:68
 * 02 01 06 00
 * &gt; dhcp on eth0 from 192.0.2.100:68 to 192.0.2.1
 * 01 01 06 00
 * - released
 * </pre>
 *
 * @param head the comment that the file begins with
 */
record WireVector(String name, String head, List<Step> steps) {

    /**
     * One datagram.
     *
     * @param text as the file has it, with its line of arrival
     * @param expected where it goes and its bytes, or {@code -} and the reason, as {@link #describe} writes it; empty
     *     when the file does not say it yet
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Step(Arrival arrival, String text, byte[] request, Optional<String> expected) {}

    /** All of a folder among the test resources, without its sub-folders. */
    static List<WireVector> all(String folder) throws IOException {
        List<WireVector> vectors = new ArrayList<>();
        for (Path file : files(folder)) {
            vectors.add(read(file));
        }
        return vectors;
    }

    /** The bytes of files that have one message each and nothing else. */
    static List<byte[]> messages(String folder) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (Path file : files(folder)) {
            messages.add(MessageText.bytes(Files.readString(file)));
        }
        return messages;
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(WireVector.class.getResource("/" + folder).toURI()))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WireVector read(Path file) throws IOException {
        String text = Files.readString(file);
        String[] parts = text.split("(?m)^> ");
        List<Step> steps = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            steps.add(step(parts[i]));
        }
        return new WireVector(file.getFileName().toString().replace(".hex", ""), parts[0], steps);
    }

    private static Step step(String text) {
        String[] parts = text.split("(?m)^(?=[<-] )");
        Arrival arrival = Arrival.parse(parts[0].lines().findFirst().orElseThrow());
        byte[] request = MessageText.bytes(parts[0].substring(parts[0].indexOf('\n')));
        Optional<String> expected = parts.length == 1
                ? Optional.empty()
                : Optional.of(
                        parts[1].startsWith("-")
                                ? parts[1].strip()
                                : describe(new Outcome.Sent(
                                        MessageText.bytes(parts[1].substring(parts[1].indexOf('\n'))),
                                        parts[1].lines()
                                                .findFirst()
                                                .orElseThrow()
                                                .substring(2))));
        return new Step(arrival, "> " + parts[0].strip(), request, expected);
    }

    /** An outcome as a vector has it. */
    static String describe(Outcome outcome) {
        return outcome instanceof Outcome.Sent sent
                ? "< " + sent.to() + "\n" + MessageText.of(sent.bytes())
                : "- " + ((Outcome.Dropped) outcome).reason();
    }

    @Override
    public String toString() {
        return name;
    }
}
