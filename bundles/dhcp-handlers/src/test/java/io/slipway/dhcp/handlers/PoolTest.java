package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of addresses, against a model that looks at all of them each time. */
class PoolTest {

    private static final AddressPool ADDRESSES = new AddressPool(
            AddressRange.parse("10.0.0.10-10.0.0.59"),
            Optional.empty(),
            List.of(AddressRange.parse("10.0.0.20-10.0.0.29")));

    private record Entry(long due, long order, Lease.State state) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isTheOrderOfBecomingFree(long seed) {
        Random random = new Random(seed);
        Pool pool = new Pool(ADDRESSES, new Book(), 1000);
        Map<Integer, Slot> slots = new LinkedHashMap<>();
        Map<Integer, Entry> model = new LinkedHashMap<>();
        long now = 1000;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(10) == 0 ? random.nextInt(500) : random.nextInt(2);
            int address = ADDRESSES.bitsAt(random.nextInt(ADDRESSES.size()));
            Slot slot = slots.computeIfAbsent(address, Slot::new);
            Lease.State state = Lease.State.of(1 + random.nextInt(4));
            long due = now + (random.nextInt(4) == 0 ? 0 : random.nextInt(100));
            slot.become(new Content(state, 7, ClientNames.NONE, now, due));
            pool.put(slot, due, now);
            model.put(address, new Entry(due, step, state));
            check(pool, model, now);
        }
    }

    private static void check(Pool pool, Map<Integer, Entry> model, long now) {
        Optional<Integer> untouched = Optional.empty();
        Optional<Entry> oldest = Optional.empty();
        int free = 0;
        for (int i = 0; i < ADDRESSES.size(); i++) {
            Entry entry = model.get(ADDRESSES.bitsAt(i));
            boolean isFree = entry == null || entry.due() <= now;
            free += isFree ? 1 : 0;
            if (entry == null) {
                untouched = untouched.isPresent() ? untouched : Optional.of(ADDRESSES.bitsAt(i));
            } else if (isFree && (oldest.isEmpty() || entry.due() < oldest.get().due())) {
                oldest = Optional.of(entry);
            }
        }
        assertEquals(untouched, pool.firstUntouched());
        assertEquals(free, pool.available(now));
        assertEquals(free, pool.usage(now).free());
        assertEquals(oldest.map(Entry::due), pool.longestFree(now).map(slot -> model.get(slot.address())
                .due()));
    }

    @Test
    void ofLeasesThatWereThereBeforeTheEarliestEndedComesFirst() {
        Book book = new Book();
        for (int i = 0; i < 40; i++) {
            long end = 500L + (i * 37) % 40;
            book.write(ADDRESSES.bitsAt(i), new Content(Lease.State.BOUND, i + 1, ClientNames.NONE, 100, end), 400);
        }
        Pool pool = new Pool(ADDRESSES, book, 520);
        assertEquals(Optional.empty(), pool.firstUntouched());
        assertEquals(21, pool.available(520), "ends of 500 to 520");
        for (long end = 500; end <= 520; end++) {
            Slot slot = pool.longestFree(520).orElseThrow();
            assertEquals(end, slot.end());
            pool.put(slot, 10_000, 520);
        }
        assertTrue(pool.longestFree(520).isEmpty());
        assertEquals(19, pool.available(9_999));
        assertEquals(40, pool.available(10_000));
    }

    @Test
    void aSlotLeavesThePoolThatItWasIn() {
        Book book = new Book();
        Slot slot = book.write(ADDRESSES.bitsAt(0), new Content(Lease.State.BOUND, 1, ClientNames.NONE, 100, 200), 100);
        Pool before = new Pool(ADDRESSES, book, 100);
        assertEquals(1, before.usage(150).leased());
        Pool after = new Pool(ADDRESSES, book, 100);
        assertEquals(0, before.usage(150).leased());
        assertEquals(1, after.usage(150).leased());
        assertEquals(Optional.of(after), slot.pool());
        assertTrue(before.longestFree(300).isEmpty());
        assertEquals(Optional.of(slot), after.longestFree(300));
    }
}
