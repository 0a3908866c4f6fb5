package io.slipway.wiretests;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the servers log as a fault of their own: an exception that they caught and survived is still one. */
final class ServerFaults {

    private static final String SIGN = "this is a fault of the server";

    private static final Heard HEARD = new Heard(System.err);

    private ServerFaults() {}

    /** From here on, in this process. */
    static void listen() {
        if (System.err != HEARD) {
            System.setErr(HEARD);
        }
    }

    /** What was logged since the last time; empty when there was no fault. */
    static String heard() {
        return HEARD.take();
    }

    /** Passes on what is printed, and keeps it from the first fault on. */
    private static final class Heard extends PrintStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Heard(OutputStream out) {
            super(out, true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String line) {
            super.println(line);
            keep(line);
        }

        private synchronized void keep(String line) {
            if (kept.size() > 0 || line.contains(SIGN)) {
                kept.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        private synchronized String take() {
            String all = kept.toString(StandardCharsets.UTF_8);
            kept.reset();
            return all;
        }
    }
}
