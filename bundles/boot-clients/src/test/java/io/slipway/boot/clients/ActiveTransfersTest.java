package io.slipway.boot.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.MacAddress;
import io.slipway.boot.Transfer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ActiveTransfersTest {

    private static final InetSocketAddress REMOTE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2070);
    private static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");
    private static final BootFile FILE = BootFile.of(new byte[1000], BootFile.OCTET_STREAM);

    private final List<BootEvent> journal = new ArrayList<>();
    private final ActiveTransfers transfers = new ActiveTransfers();

    private static BootRequest request(String path) {
        Optional<BootClient> client = Optional.of(BootClient.builder(MAC).build());
        return new BootRequest(path, BootTransport.TFTP, REMOTE, REMOTE, "eth0", client, Optional.empty());
    }

    @Test
    void aTransferIsListedUntilItEnds() {
        Transfer first = transfers.begin(request("/a"), FILE);
        Transfer second = transfers.begin(request("/b"), FILE);
        assertEquals(List.of(first, second), List.copyOf(transfers.active()));
        first.end(Transfer.Outcome.COMPLETED, "");
        assertEquals(List.of(second), List.copyOf(transfers.active()));
        second.end(Transfer.Outcome.FAILED, "");
        assertTrue(transfers.active().isEmpty());
    }

    @Test
    void itsStepsAreInTheJournal() {
        transfers.journal = journal::add;
        Transfer transfer = transfers.begin(request("/a"), FILE);
        transfer.sent(400);
        assertEquals(400, transfer.sent());
        transfer.sent(1000);
        transfer.end(Transfer.Outcome.COMPLETED, "");
        assertEquals(
                List.of(BootEvent.Step.FILE_BEGUN, BootEvent.Step.FILE_SENT),
                journal.stream().map(BootEvent::step).toList());
        BootEvent sent = journal.get(1);
        assertEquals(Optional.of(MAC), sent.mac());
        assertEquals(Optional.of(REMOTE.getAddress()), sent.address());
        assertEquals("/a", sent.detail());
        assertEquals(OptionalLong.of(1000), sent.bytes());
        assertTrue(sent.took().isPresent());
    }

    @Test
    void aProbeAndAFailureAreToldApart() {
        transfers.journal = journal::add;
        transfers.begin(request("/a"), FILE).end(Transfer.Outcome.SIZE_PROBE, "");
        Transfer failed = transfers.begin(request("/b"), FILE);
        failed.sent(300);
        failed.end(Transfer.Outcome.TIMED_OUT, "the client fell silent");
        assertEquals(BootEvent.Step.FILE_PROBED, journal.get(1).step());
        assertEquals(OptionalLong.of(1000), journal.get(1).bytes());
        assertEquals(BootEvent.Step.FILE_FAILED, journal.get(3).step());
        assertEquals("/b: the client fell silent", journal.get(3).detail());
        assertEquals(OptionalLong.of(300), journal.get(3).bytes());
    }

    @Test
    void whatKeptItWaitingIsToldOnceAndAtItsEnd() {
        transfers.journal = journal::add;
        Transfer transfer = transfers.begin(request("/a"), FILE);
        assertEquals(Optional.empty(), transfer.heldBy());
        transfer.waited(Duration.ofMillis(1500));
        transfer.heldBack("bandwidth");
        transfer.goesOn();
        Duration held = transfer.held();
        assertEquals(held, transfer.held());
        transfer.heldBack("bandwidth");
        assertEquals(Optional.of("bandwidth"), transfer.heldBy());
        transfer.goesOn();
        assertTrue(transfer.held().compareTo(held) > 0);
        transfer.end(Transfer.Outcome.COMPLETED, "");
        assertEquals(
                List.of(BootEvent.Step.FILE_BEGUN, BootEvent.Step.FILE_WAITS, BootEvent.Step.FILE_SENT),
                journal.stream().map(BootEvent::step).toList());
        assertEquals("/a: bandwidth", journal.get(1).detail());
        String end = journal.get(2).detail();
        assertTrue(
                end.matches("/a: waited 1\\.500 s before it began; bandwidth held it back for \\d+\\.\\d{3} s"), end);
    }

    @Test
    void anUploadIsInTheJournalAtItsEnd() {
        transfers.journal = journal::add;
        Transfer kept = transfers.beginUpload(request("/mac-time-dump"), 0);
        assertTrue(kept.isUpload());
        assertEquals(List.of(kept), List.copyOf(transfers.active()));
        kept.sent(700);
        kept.end(Transfer.Outcome.COMPLETED, "'dump', sha256:0");
        transfers.beginUpload(request("/mac-time-log"), 9).end(Transfer.Outcome.TIMED_OUT, "silent");
        assertEquals(
                List.of(BootEvent.Step.UPLOADED, BootEvent.Step.UPLOAD_FAILED),
                journal.stream().map(BootEvent::step).toList());
        assertEquals("/mac-time-dump: 'dump', sha256:0", journal.get(0).detail());
        assertEquals(OptionalLong.of(700), journal.get(0).bytes());
        assertEquals(OptionalLong.of(0), journal.get(1).bytes());
    }

    @Test
    void aSecondEndDoesNothing() {
        transfers.journal = journal::add;
        Transfer transfer = transfers.begin(request("/a"), FILE);
        transfer.end(Transfer.Outcome.ABORTED, "");
        transfer.end(Transfer.Outcome.COMPLETED, "");
        assertEquals(2, journal.size());
        assertEquals(BootEvent.Step.FILE_FAILED, journal.get(1).step());
    }
}
