package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import io.slipway.boot.ClientAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Events as people read them. */
public final class EventText {

    /** The heading of what {@link #line} writes. */
    public static final String HEADING = columns("time", "step", "size", "took", "what");

    private static final Pattern DIGEST = Pattern.compile("(sha256[-:][0-9a-f]{12})[0-9a-f]{52}");
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private EventText() {}

    /** One line in columns, with the time since the boot began. */
    public static String line(Instant began, BootEvent event) {
        double seconds = Math.max(0, Duration.between(began, event.time()).toNanos() / 1e9);
        String size = event.bytes().isPresent() ? size(event.bytes().getAsLong()) : "";
        String took = event.took().map(EventText::seconds).orElse("");
        String since = String.format(Locale.ROOT, "+%.3f s", seconds);
        return columns(since, event.step().toString(), size, took, what(event));
    }

    private static String columns(String since, String step, String size, String took, String what) {
        return String.format("%11s  %-14s  %10s  %10s  %s", since, step, size, took, what)
                .stripTrailing();
    }

    /** One line for the log. */
    static String sentence(BootEvent event) {
        StringBuilder text = new StringBuilder(event.step().toString());
        event.mac().ifPresent(mac -> text.append(' ').append(mac));
        event.address().map(EventText::address).ifPresent(address -> text.append(' ')
                .append(address));
        text.append(' ').append(clean(event.detail()));
        event.bytes().ifPresent(bytes -> text.append(", ").append(size(bytes)));
        event.took().ifPresent(took -> text.append(" in ").append(seconds(took)));
        return text.toString();
    }

    private static String what(BootEvent event) {
        String detail = DIGEST.matcher(clean(event.detail())).replaceAll("$1..");
        return detail.isEmpty() ? event.address().map(EventText::address).orElse("") : detail;
    }

    static String address(InetAddress address) {
        return new ClientAddress(address, "").toString();
    }

    /** What a machine sent must not move the cursor of who reads it, nor add a line to a log. */
    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}|[\u0080-\u009f\u2028\u2029]", "?");
    }

    /** {@code 0 B}, {@code 41.5 KiB}, {@code 1.2 GiB}. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes / 1024.0;
        int unit = 0;
        // What would be written as 1024.0 is 1.0 of the next unit.
        while (amount >= 1023.95 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f s", took.toNanos() / 1e9);
    }
}
