package io.slipway.dhcp.handlers;

import java.util.Arrays;

/** How many of something there were in the last 60 seconds, this one included. */
final class LastMinute {

    static final int SECONDS = 60;

    private final int[] bySecond = new int[SECONDS];
    private long reached;
    private int sum;

    /** Counts some more, or fewer, at a second; one that lies further back changes nothing. */
    void add(long second, int count, long now) {
        advance(now);
        if (second > now - SECONDS && second <= now) {
            bySecond[(int) (second % SECONDS)] += count;
            sum += count;
        }
    }

    int sum(long now) {
        advance(now);
        return sum;
    }

    private void advance(long now) {
        if (now - reached >= SECONDS) {
            Arrays.fill(bySecond, 0);
            sum = 0;
            reached = now;
        }
        while (reached < now) {
            reached++;
            int place = (int) (reached % SECONDS);
            sum -= bySecond[place];
            bySecond[place] = 0;
        }
    }
}
