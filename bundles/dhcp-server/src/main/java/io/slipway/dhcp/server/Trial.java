package io.slipway.dhcp.server;

import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What would become of a datagram.
 *
 * @param steps the handlers that were asked, in order
 * @param dropReason why there would be no reply; empty when there would be one
 * @param answer empty when there would be none
 */
public record Trial(List<Step> steps, Optional<String> dropReason, Optional<Answer> answer) {

    /**
     * What one handler did.
     *
     * @param verdict empty when it failed
     * @param reasons why, in its own words
     * @param before the reply as it found it
     * @param after the reply as it left it
     */
    public record Step(
            String handler, Optional<Verdict> verdict, List<String> reasons, DhcpMessage before, DhcpMessage after) {
        public Step {
            Objects.requireNonNull(handler, "handler");
            Objects.requireNonNull(verdict, "verdict");
            reasons = List.copyOf(reasons);
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }
    }

    /**
     * What would be sent, and where.
     *
     * @param bytes the same as it goes over the wire; do not change them
     */
    @SuppressWarnings("ArrayRecordComponent") // shown, never compared
    public record Answer(DhcpMessage message, byte[] bytes, InetSocketAddress destination) {}

    public Trial {
        steps = List.copyOf(steps);
        if (dropReason.isPresent() == answer.isPresent()) {
            throw new IllegalArgumentException("a trial ends with a reply, or with a reason for none");
        }
    }

    static Trial dropped(List<Step> steps, String reason) {
        return new Trial(steps, Optional.of(reason), Optional.empty());
    }
}
