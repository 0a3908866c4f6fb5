package io.slipway.tftp.server;

import io.slipway.boot.ClientAddress;
import io.slipway.boot.Transfer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One line for each transfer that has ended. */
final class TransferLog {

    private static final Logger LOG = LoggerFactory.getLogger(TransferLog.class);

    private TransferLog() {}

    static void ended(Transfer transfer, Ending ending, Duration took) {
        if (ending.equals(Ending.GAVE_WAY)) { // a flood of requests that nobody has sent must not fill the log
            LOG.debug(
                    "{} to {} gave way",
                    transfer.request().path(),
                    transfer.request().remote());
            return;
        }
        Optional<String> mac =
                transfer.request().client().map(client -> client.mac().toString());
        mac.ifPresent(value -> MDC.put("mac", value));
        try {
            write(transfer, ending, Math.max(1, took.toMillis()));
        } finally {
            MDC.remove("mac");
        }
    }

    /** A client has sent a file. */
    static void uploaded(Transfer transfer, Ending ending, Duration took) {
        Optional<String> mac =
                transfer.request().client().map(client -> client.mac().toString());
        mac.ifPresent(value -> MDC.put("mac", value));
        try {
            LOG.info(
                    "upload {} of {} {}: {}; {} bytes in {} ms",
                    transfer.request().path().substring(1),
                    transfer.request().remote().getAddress().getHostAddress(),
                    words(ending.outcome()),
                    ending.detail(),
                    transfer.sent(),
                    Math.max(1, took.toMillis()));
        } finally {
            MDC.remove("mac");
        }
    }

    private static void write(Transfer transfer, Ending ending, long millis) {
        String path = transfer.request().path();
        ClientAddress client = transfer.request().clientAddress();
        switch (ending.outcome()) {
            case COMPLETED ->
                LOG.info(
                        "{} sent to {}: {} bytes in {} ms, {} MB/s",
                        path,
                        client,
                        transfer.length(),
                        millis,
                        String.format(Locale.ROOT, "%.1f", transfer.length() / 1000.0 / millis));
            case SIZE_PROBE -> LOG.debug("{}: told {} its size, {} bytes", path, client, transfer.length());
            case ABORTED, TIMED_OUT, FAILED ->
                LOG.info(
                        "{} to {} {}: {}; {} of {} bytes acknowledged in {} ms",
                        path,
                        client,
                        words(ending.outcome()),
                        ending.detail(),
                        transfer.sent(),
                        transfer.length(),
                        millis);
        }
    }

    private static String words(Transfer.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
