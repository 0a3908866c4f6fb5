package io.slipway.dhcp.handlers.command;

import io.slipway.boot.Transfer;
import io.slipway.boot.Transfers;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The transfers of an address, for people. */
record RunningTransfers(Optional<Transfers> transfers) {

    /** {@code /images/…/linux by HTTP, 12.5 % of 8123456 bytes}, each. */
    List<String> of(InetAddress address) {
        return transfers.stream()
                .flatMap(present -> present.active().stream())
                .filter(transfer -> address.equals(transfer.request().remote().getAddress()))
                .map(RunningTransfers::text)
                .toList();
    }

    private static String text(Transfer transfer) {
        double percent = transfer.length() == 0 ? 100 : 100.0 * transfer.sent() / transfer.length();
        return String.format(
                Locale.ROOT,
                "%s by %s, %.1f %% of %d bytes",
                transfer.request().path(),
                transfer.request().transport(),
                percent,
                transfer.length());
    }
}
