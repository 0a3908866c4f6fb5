package io.slipway.http.server;

import io.netty.handler.codec.http.HttpRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line an answer in the combined format of Apache's and NCSA's servers. Where it goes, and whether, says
 * {@code etc/org.ops4j.pax.logging.cfg}: the logger is {@code slipway.access}.
 */
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger("slipway.access");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** Of a second, since many answers fall into one. */
    private record Second(long second, String text) {}

    private static volatile Second latest = new Second(-1, "");

    private AccessLog() {}

    /** @param bytes of the body that were sent */
    static void answered(Peer peer, HttpRequest request, int status, long bytes) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(peer.client().toString(), request, status, bytes, Instant.now()));
        }
    }

    static String line(String client, HttpRequest request, int status, long bytes, Instant now) {
        return client + " - - [" + time(now) + "] \"" + quoted(request.method().name()) + ' ' + quoted(request.uri())
                + ' ' + quoted(request.protocolVersion().text()) + "\" " + status + ' '
                + (bytes == 0 ? "-" : Long.toString(bytes)) + " \"" + field(request, "referer") + "\" \""
                + field(request, "user-agent") + '"';
    }

    private static String time(Instant now) {
        Second known = latest;
        if (known.second() != now.getEpochSecond()) {
            known = new Second(now.getEpochSecond(), TIME.format(ZonedDateTime.ofInstant(now, ZoneId.systemDefault())));
            latest = known;
        }
        return known.text();
    }

    private static String field(HttpRequest request, String name) {
        return Optional.ofNullable(request.headers().get(name))
                .map(AccessLog::quoted)
                .orElse("-");
    }

    /** What a client wrote, so that it can neither end the quotation nor the line. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.toString();
    }
}
