package io.slipway.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Transaction.Absent;
import io.slipway.state.Transaction.AtRevision;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private static final Key KEY = Key.of("t", "key");

    @Test
    void builderKeepsTheOrder() {
        Transaction transaction = Transaction.builder()
                .ifAbsent(KEY)
                .ifAtRevision(Key.of("other"), 7)
                .write(KEY, new byte[] {1})
                .delete(Key.of("other"))
                .build();
        assertEquals(List.of(new Absent(KEY), new AtRevision(Key.of("other"), 7)), transaction.conditions());
        assertEquals(KEY, transaction.writes().get(0).key());
        assertTrue(transaction.writes().get(1).value().isEmpty());
    }

    @Test
    void whatTheCallerDoesToItsArrayLaterIsNotSeen() {
        byte[] bytes = {1, 2};
        Transaction transaction = Transaction.put(KEY, bytes);
        bytes[0] = 9;
        assertArrayEquals(new byte[] {1, 2}, transaction.writes().get(0).value().orElseThrow());
    }

    @Test
    void aKeyIsWrittenOnce() {
        Transaction.Builder twice =
                Transaction.builder().write(KEY, new byte[0]).delete(KEY);
        assertThrows(IllegalArgumentException.class, twice::build);
    }

    @Test
    void numberOfWritesIsBounded() {
        Transaction.Builder builder = Transaction.builder();
        for (int i = 0; i < Transaction.MAX_WRITES; i++) {
            builder.delete(KEY.child("" + i));
        }
        assertEquals(Transaction.MAX_WRITES, builder.build().writes().size());
        builder.delete(KEY);
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void sizeOfAValueIsBounded() {
        assertEquals(
                1,
                Transaction.put(KEY, new byte[Transaction.MAX_VALUE]).writes().size());
        byte[] tooLong = new byte[Transaction.MAX_VALUE + 1];
        assertThrows(IllegalArgumentException.class, () -> Transaction.put(KEY, tooLong));
    }
}
