package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketTest {

    @TempDir
    private Path folder;

    @Test
    void listsEveryPage() throws IOException {
        FakeStore.Answer pages = exchange -> {
            boolean isSecond = exchange.getRequestURI().getQuery().contains("continuation-token=next");
            FakeStore.send(exchange, 200, isSecond ? page("c", "") : page("a", "next"));
        };
        List<String> keys = new ArrayList<>();
        try (FakeStore store = new FakeStore(pages);
                Bucket bucket = opened(store)) {
            bucket.list("lab/", object -> keys.add(object.key()));
        }
        assertEquals(List.of("lab/a", "lab/c"), keys);
    }

    @Test
    void takesNoOtherBytesThanItAskedFor() throws IOException {
        try (FakeStore store = new FakeStore(exchange -> FakeStore.send(exchange, 200, "from the start"));
                Bucket bucket = opened(store)) {
            String message = assertThrows(IOException.class, () -> bucket.read("lab/a", 5))
                    .getMessage();
            assertTrue(message.contains("it was asked for the bytes from 5 on, and sends others"), message);
        }
    }

    private Bucket opened(FakeStore store) throws IOException {
        Settings settings = TestSettings.of(folder, store.endpoint(), "images", 100);
        return new Bucket(settings, Clients.of(settings, 1), Clock.systemUTC());
    }

    private static String page(String name, String next) {
        return "<ListBucketResult><Name>images</Name><IsTruncated>" + !next.isEmpty() + "</IsTruncated>"
                + (next.isEmpty() ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>")
                + "<Contents><Key>lab/" + name + "</Key><Size>1</Size>"
                + "<LastModified>2026-11-30T12:00:00Z</LastModified></Contents></ListBucketResult>";
    }
}
