package io.slipway.http.server;

import io.slipway.boot.ClientAddress;
import io.slipway.boot.Transfer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One line for each transfer that has ended: of machines that boot, at least; the access log has all. */
final class TransferLog {

    private static final Logger LOG = LoggerFactory.getLogger(TransferLog.class);

    private TransferLog() {}

    static void ended(Transfer transfer, Body body, Ending ending, Duration took) {
        Optional<String> mac =
                transfer.request().client().map(client -> client.mac().toString());
        mac.ifPresent(value -> MDC.put("mac", value));
        try {
            write(transfer, body, ending, Math.max(1, took.toMillis()));
        } finally {
            MDC.remove("mac");
        }
    }

    private static void write(Transfer transfer, Body body, Ending ending, long millis) {
        String path = ClientText.printable(transfer.request().path());
        ClientAddress client = transfer.request().clientAddress();
        String what = body.isWhole() ? path : "bytes " + body + " of " + path;
        if (ending.outcome() != Transfer.Outcome.COMPLETED) {
            LOG.info(
                    "{} to {} {}: {}; {} of {} bytes sent in {} ms",
                    what,
                    client,
                    ending.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    ending.detail(),
                    transfer.sent(),
                    body.length(),
                    millis);
            return;
        }
        String speed = String.format(Locale.ROOT, "%.1f", body.length() / 1000.0 / millis);
        if (body.hasEnd() && transfer.request().client().isPresent()) {
            LOG.info("{} sent to {}: {} bytes in {} ms, {} MB/s", what, client, body.length(), millis, speed);
        } else {
            // A machine that boots from a disk image asks for thousands of such parts.
            LOG.debug("{} sent to {}: {} bytes in {} ms, {} MB/s", what, client, body.length(), millis, speed);
        }
    }
}
