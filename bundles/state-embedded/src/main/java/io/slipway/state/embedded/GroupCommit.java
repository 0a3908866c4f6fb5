package io.slipway.state.embedded;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One group: evaluate, force, make visible, answer, tell. Used by one thread. */
final class GroupCommit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final String name;
    private final StateLog log;
    private final LiveRecords live;
    private final Runnable published;
    private final FrameBuffer frame = new FrameBuffer();
    private boolean failing;
    private boolean compactionFailing;

    /**
     * @param name of the log, for messages
     * @param published is called after a group became visible
     */
    GroupCommit(String name, StateLog log, LiveRecords live, Runnable published) {
        this.name = name;
        this.log = log;
        this.live = live;
        this.published = published;
    }

    /** Completes every outcome, in order: with an answer that is durable, or with why there is none. */
    void run(List<Pending> transactions) {
        Group group = new Group(live, frame);
        List<Boolean> admitted = transactions.stream()
                .map(pending -> group.admit(pending.transaction()))
                .toList();
        try {
            if (!group.isEmpty()) {
                log.append(frame, group.revision(), live);
                works();
            }
        } catch (IOException e) {
            // Also those whose conditions did not hold: they may have failed to hold because of this very group.
            fails(e);
            transactions.forEach(pending -> pending.fail(e));
            return;
        }
        live.publish(group);
        for (int i = 0; i < admitted.size(); i++) {
            transactions.get(i).outcome().complete(admitted.get(i));
        }
        published.run();
        compact();
    }

    private void works() {
        if (failing) {
            failing = false;
            LOG.info("state log {} can be written again", name);
        }
    }

    private void fails(IOException cause) {
        if (!failing) {
            failing = true;
            LOG.error(
                    "state log {} cannot be written ({}): commits fail until it can. Free space on that disk, or mend"
                            + " it.",
                    name,
                    cause.toString());
        }
    }

    private void compact() {
        if (!log.isWorthRewriting(live.bytes())) {
            return;
        }
        try {
            log.rewrite(live);
            compactionFailing = false;
        } catch (IOException e) {
            if (!compactionFailing) {
                compactionFailing = true;
                LOG.warn(
                        "state log {} cannot be rewritten without its history ({}) and keeps growing. Free space on"
                                + " that disk.",
                        name,
                        e.toString());
            }
        }
    }
}
