package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** The workers. The packets of one client always go to the same one, so they stay in order. */
final class Lanes {

    private final List<Lane> lanes;

    Lanes(int count, Work work, CompletionStage<?> after) {
        lanes = IntStream.range(0, count)
                .mapToObj(i -> new Lane("slipway-dhcp-" + i, work, after))
                .toList();
    }

    int count() {
        return lanes.size();
    }

    /** Whether there was a place for the packet. */
    boolean offer(Packet packet) {
        return lanes.get(Math.floorMod(packet.mac().hashCode(), lanes.size())).offer(packet);
    }

    void retry() {
        lanes.forEach(Lane::retry);
    }

    /** See {@link Lane#close}. */
    CompletionStage<Void> close(Duration atLatest) {
        return CompletableFuture.allOf(lanes.stream()
                .map(lane -> lane.close(atLatest).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }
}
