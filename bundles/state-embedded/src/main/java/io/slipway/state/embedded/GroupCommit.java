package io.slipway.state.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private boolean isShort;
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
        Optional<IOException> shortage = log.shortage();
        List<Pending> taken = new ArrayList<>();
        List<Boolean> admitted = new ArrayList<>();
        for (Pending pending : transactions) {
            if (shortage.isPresent() && group.isGrowth(pending.transaction())) {
                pending.fail(new IOException(
                        "no space for a new record: " + shortage.get().getMessage(), shortage.get()));
            } else {
                taken.add(pending);
                admitted.add(group.admit(pending.transaction()));
            }
        }
        tell(shortage);
        try {
            if (!group.isEmpty()) {
                log.append(frame, group.revision(), live);
                works();
            }
        } catch (IOException e) {
            // Also those whose conditions did not hold: they may have failed to hold because of this very group.
            fails(e);
            taken.forEach(pending -> pending.fail(e));
            return;
        }
        live.publish(group);
        for (int i = 0; i < admitted.size(); i++) {
            taken.get(i).outcome().complete(admitted.get(i));
        }
        published.run();
        compact();
    }

    private void tell(Optional<IOException> shortage) {
        if (shortage.isPresent() && !isShort) {
            isShort = true;
            LOG.error(
                    "state log {} gets no more space ({}): its last {} bytes are kept for changes of what exists, new"
                            + " records fail. Free space on that disk.",
                    name,
                    shortage.get().toString(),
                    log.left());
        } else if (shortage.isEmpty() && isShort && log.isTrusted()) {
            isShort = false;
            LOG.info("state log {} has space again", name);
        }
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
