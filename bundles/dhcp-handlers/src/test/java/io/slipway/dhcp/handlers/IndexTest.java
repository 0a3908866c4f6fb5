package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexTest {

    private record Thing(long number, int content) {}

    /** Few numbers make many removals and clusters, many make it grow. */
    @ParameterizedTest
    @CsvSource({"1, 40, 1", "2, 300, 1", "3, 5000, 1", "4, 300, 65536", "5, 300, 4294967296"})
    void isAMap(long seed, int numbers, long apart) {
        Random random = new Random(seed);
        Index<Thing> index = new Index<>(Thing::number);
        Map<Long, Thing> model = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            long number = random.nextInt(numbers) * apart;
            if (random.nextInt(5) < 2) {
                index.remove(number);
                model.remove(number);
            } else {
                Thing thing = new Thing(number, step);
                index.put(thing);
                model.put(number, thing);
            }
            long asked = random.nextInt(numbers) * apart;
            assertEquals(Optional.ofNullable(model.get(asked)), index.find(asked));
            assertEquals(model.size(), index.size());
        }
        Map<Long, Thing> found = new HashMap<>();
        index.forEach(thing -> found.put(thing.number(), thing));
        assertEquals(model, found);
        model.forEach((number, thing) -> assertEquals(Optional.of(thing), index.find(number)));
    }
}
