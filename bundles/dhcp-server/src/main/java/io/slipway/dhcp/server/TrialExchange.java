package io.slipway.dhcp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An exchange of which nothing comes. */
final class TrialExchange extends Exchange {

    private final List<String> reasons = new ArrayList<>();

    TrialExchange(Packet packet) {
        super(packet);
    }

    /** What was explained since the last call. */
    List<String> takeReasons() {
        List<String> taken = List.copyOf(reasons);
        reasons.clear();
        return taken;
    }

    @Override
    public boolean isTrial() {
        return true;
    }

    @Override
    public void explain(String why) {
        reasons.add(why);
    }

    /** Nothing is waited for. */
    @Override
    public void sendAfter(CompletionStage<?> stage) {}

    /** Nothing is sent. */
    @Override
    public void beforeSend(Runnable action) {}
}
