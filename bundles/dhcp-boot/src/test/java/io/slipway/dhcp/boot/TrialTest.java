package io.slipway.dhcp.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.slipway.boot.BootDecision;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A trial teaches nothing. */
class TrialTest {

    private final Fakes fakes = new Fakes();
    private final BootHandler handler = new BootHandler(fakes, fakes, new Settings(Optional.empty()));

    private FakeExchange trial(FakeExchange exchange) {
        exchange.isTrial = true;
        handler.handle(exchange);
        return exchange;
    }

    @Test
    void itIsToldTheSameAndWhy() {
        FakeExchange packet = FakeExchange.of(WireVector.message("edk2-pxe-discover"));
        handler.handle(packet);
        FakeExchange trial = trial(FakeExchange.of(WireVector.message("edk2-pxe-discover")));
        assertEquals(packet.replySoFar(), trial.replySoFar());
        assertEquals(List.of(), packet.reasons);
        assertEquals(List.of("firmware: PXE_UEFI", "only the program counts here"), trial.reasons);
    }

    @Test
    void itSaysWhyThereIsNothingToBoot() {
        fakes.instead = Optional.of(new BootDecision.Ignore("no group matches"));
        FakeExchange trial = trial(FakeExchange.of(WireVector.message("edk2-pxe-discover")));
        assertEquals("", trial.replySoFar().bootFile());
        assertEquals(List.of("firmware: PXE_UEFI", "no group matches"), trial.reasons);
    }

    /** The Raspberry Pi leaves out in its REQUEST what it said in its DISCOVER. */
    @Test
    void whatATrialSaidIsNotRemembered() {
        DhcpMessage discover = WireVector.message("raspberry-pi-discover");
        DhcpMessage request = discover.toBuilder()
                .type(DhcpMessageType.REQUEST)
                .remove(DhcpOptions.VENDOR_CLASS_IDENTIFIER)
                .build();
        trial(FakeExchange.of(discover));
        FakeExchange forgotten = FakeExchange.of(request);
        handler.handle(forgotten);
        handler.handle(FakeExchange.of(discover));
        FakeExchange remembered = FakeExchange.of(request);
        handler.handle(remembered);
        assertNotEquals(remembered.replySoFar(), forgotten.replySoFar());
    }

    @Test
    void whoChoseAnotherServerInATrialIsNotLearnt() {
        DhcpMessage request = WireVector.message("edk2-pxe-request");
        FakeExchange trial = FakeExchange.unanswered(request);
        trial.isTrial = true;
        assertEquals(Verdict.drop("not for this server"), handler.handle(trial));
        assertEquals(List.of(), fakes.learnt);
        handler.handle(FakeExchange.unanswered(request));
        assertEquals(1, fakes.learnt.size(), "of a packet it is");
    }
}
