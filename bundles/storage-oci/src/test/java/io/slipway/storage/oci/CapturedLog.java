package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** What is logged while a test runs. */
final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private CapturedLog() {}

    static CapturedLog begin() {
        CapturedLog log = new CapturedLog();
        System.setErr(new PrintStream(log.text, true, UTF_8));
        return log;
    }

    void clear() {
        text.reset();
    }

    long count(String regex) {
        return text.toString(UTF_8)
                .lines()
                .filter(line -> line.matches("(?s).*" + regex))
                .count();
    }

    String warnings() {
        return text.toString(UTF_8)
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
