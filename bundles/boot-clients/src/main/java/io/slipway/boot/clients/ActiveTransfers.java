package io.slipway.boot.clients;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootJournal;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The transfers under way; their beginning and end go to the journal, when there is one. */
@Component
public final class ActiveTransfers implements Transfers {

    private final AtomicLong last = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Transfer> active = new ConcurrentSkipListMap<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile BootJournal journal;

    @Override
    public Transfer begin(BootRequest request, BootFile file) {
        ActiveTransfer transfer = add(request, false, file.length());
        record(BootEvent.Step.FILE_BEGUN, transfer, "", Optional.empty());
        return transfer;
    }

    @Override
    public Transfer beginUpload(BootRequest request, long length) {
        return add(request, true, length);
    }

    private ActiveTransfer add(BootRequest request, boolean isUpload, long length) {
        long number = last.incrementAndGet();
        ActiveTransfer transfer = new ActiveTransfer(request, isUpload, length, new ActiveTransfer.Listener() {
            @Override
            public void heldBack(ActiveTransfer transfer, String limit) {
                record(BootEvent.Step.FILE_WAITS, transfer, limit, Optional.empty());
            }

            @Override
            public void ended(ActiveTransfer transfer, Transfer.Outcome outcome, String detail) {
                active.remove(number);
                record(stepOf(transfer, outcome), transfer, withWaits(transfer, detail), Optional.of(transfer.age()));
            }
        });
        active.put(number, transfer);
        return transfer;
    }

    @Override
    public Collection<Transfer> active() {
        return List.copyOf(active.values());
    }

    private static String withWaits(ActiveTransfer transfer, String detail) {
        List<String> parts = new ArrayList<>();
        if (!detail.isEmpty()) {
            parts.add(detail);
        }
        if (!transfer.waited().isZero()) {
            parts.add("waited " + seconds(transfer.waited()) + " before it began");
        }
        transfer.heldBy().ifPresent(limit -> parts.add(limit + " held it back for " + seconds(transfer.held())));
        return String.join("; ", parts);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }

    private void record(BootEvent.Step step, ActiveTransfer transfer, String detail, Optional<Duration> took) {
        BootJournal present = journal;
        if (present == null) {
            return;
        }
        BootRequest request = transfer.request();
        boolean isPartial =
                step == BootEvent.Step.FILE_SENT || step == BootEvent.Step.FILE_FAILED || transfer.isUpload();
        present.record(new BootEvent(
                step,
                request.client().map(BootClient::mac),
                Optional.ofNullable(request.remote().getAddress()),
                Instant.now(),
                detail.isEmpty() ? request.path() : request.path() + ": " + detail,
                OptionalLong.of(isPartial ? transfer.sent() : transfer.length()),
                took));
    }

    private static BootEvent.Step stepOf(Transfer transfer, Transfer.Outcome outcome) {
        if (transfer.isUpload()) {
            return outcome == Transfer.Outcome.COMPLETED ? BootEvent.Step.UPLOADED : BootEvent.Step.UPLOAD_FAILED;
        }
        return switch (outcome) {
            case COMPLETED -> BootEvent.Step.FILE_SENT;
            case SIZE_PROBE -> BootEvent.Step.FILE_PROBED;
            case ABORTED, TIMED_OUT, FAILED -> BootEvent.Step.FILE_FAILED;
        };
    }
}
