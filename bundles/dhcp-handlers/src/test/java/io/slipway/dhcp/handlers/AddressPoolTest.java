package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.dhcp.codec.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressPoolTest {

    private static AddressRange range(int first, int last) {
        return new AddressRange(Addresses.of(first), Addresses.of(last));
    }

    /** Against a list of all the addresses, with exclusions of every kind, across the sign of an int too. */
    @Test
    void indexAndAddressAreOneToOne() {
        Random random = new Random(4);
        for (int round = 0; round < 2_000; round++) {
            int base = round % 2 == 0 ? 0x7fff_ffe0 : 0xc000_0200;
            int first = base + random.nextInt(40);
            int last = first + random.nextInt(60);
            List<AddressRange> excluded = new ArrayList<>();
            for (int hole = random.nextInt(4); hole > 0; hole--) {
                int from = base + random.nextInt(110) - 5;
                excluded.add(range(from, from + random.nextInt(10)));
            }
            AddressPool pool = new AddressPool(range(first, last), Optional.empty(), excluded);
            int index = 0;
            for (int bits = first - 3; bits - last <= 3; bits++) {
                var address = Addresses.of(bits);
                boolean isIn = range(first, last).contains(address)
                        && excluded.stream().noneMatch(hole -> hole.contains(address));
                assertEquals(isIn ? index : -1, pool.indexOf(bits));
                if (isIn) {
                    assertEquals(bits, pool.bitsAt(index++));
                }
            }
            assertEquals(index, pool.size());
            int size = pool.size();
            assertThrows(IndexOutOfBoundsException.class, () -> pool.bitsAt(size));
        }
    }

    @Test
    void theLargestNetworkIsOnePool() {
        AddressPool pool = new AddressPool(AddressRange.parse("10.0.0.1-10.255.255.254"), Optional.empty(), List.of());
        assertEquals((1 << 24) - 2, pool.size());
        assertEquals("10.255.255.254", pool.at(pool.size() - 1).getHostAddress());
    }
}
