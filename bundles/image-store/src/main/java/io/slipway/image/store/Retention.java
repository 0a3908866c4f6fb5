package io.slipway.image.store;

import io.slipway.image.Digest;
import io.slipway.image.TagMove;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a tag's past is kept from being cleared away.
 *
 * @param versions how many of the images that a tag named last, the present one among them; of a tag that was removed none
 * @param time how long an image is kept in any case after a tag has left it: menus that machines have on their screens
 *     still name it
 */
record Retention(int versions, Duration time) {

    /**
     * The manifests of a tag's history that stay.
     *
     * @param moves the newest first
     */
    List<Digest> kept(List<TagMove> moves, Instant now) {
        List<Digest> kept = new ArrayList<>();
        boolean isRemoved = !moves.isEmpty() && moves.get(0).manifest().isEmpty();
        List<Digest> versionsSeen = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).manifest().isEmpty()) {
                continue;
            }
            Digest manifest = moves.get(i).manifest().get();
            if (!versionsSeen.contains(manifest)) {
                versionsSeen.add(manifest);
            }
            boolean isOfTheLast = !isRemoved && versionsSeen.indexOf(manifest) < versions;
            boolean wasLeftLately = i == 0 || moves.get(i - 1).time().isAfter(now.minus(time));
            if (isOfTheLast || wasLeftLately) {
                kept.add(manifest);
            }
        }
        return kept;
    }
}
