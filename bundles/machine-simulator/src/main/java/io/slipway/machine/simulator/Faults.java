package io.slipway.machine.simulator;

import java.time.Duration;
import java.util.Random;

/**
 * What a bad network and a slow machine do.
 *
 * @param loss share of the packets that are lost, in each direction; 0 to 1
 * @param disorder share of the packets that come in later than those behind them; 0 to 1
 * @param late how much later
 * @param slow how long the machine takes before each acknowledgement
 */
public record Faults(double loss, double disorder, Duration late, Duration slow) {

    public static final Faults NONE = new Faults(0, 0, Duration.ZERO, Duration.ZERO);

    public Faults {
        if (!isShare(loss) || !isShare(disorder)) {
            throw new IllegalArgumentException(
                    "loss " + loss + ", disorder " + disorder + "; expected shares from 0 to 1");
        }
        if (late.isNegative() || slow.isNegative()) {
            throw new IllegalArgumentException("late " + late + ", slow " + slow + "; expected 0 or more");
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    boolean loses(Random random) {
        return loss > 0 && random.nextDouble() < loss;
    }

    boolean disorders(Random random) {
        return disorder > 0 && random.nextDouble() < disorder;
    }
}
