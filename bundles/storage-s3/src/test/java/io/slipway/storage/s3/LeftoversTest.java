package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed server has left is removed when it is a day old. */
class LeftoversTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant yesterday = now.minus(Duration.ofHours(25));
    private final Instant today = now.minus(Duration.ofHours(23));

    @TempDir
    private Path folder;

    @Test
    void removesWhatIsADayOld() throws IOException {
        try (FakeStore store = new FakeStore(this::answer)) {
            Settings settings = TestSettings.of(folder, store.endpoint(), "images", 100);
            try (Bucket bucket = new Bucket(settings, Clients.of(settings, 1), Clock.systemUTC())) {
                Leftovers leftovers = new Leftovers(
                        bucket, "lab/incoming/", Set.of("lab/incoming/slow")::contains, Clock.systemUTC());
                assertEquals(2, leftovers.clear());
            }
            List<String> removed = store.requests().stream()
                    .filter(request -> request.startsWith("DELETE"))
                    .toList();
            assertEquals(
                    List.of("DELETE /images/lab/incoming/old", "DELETE /images/lab/incoming/old-upload?uploadId=first"),
                    removed);
        }
    }

    @Test
    void whatMayNotBeRemovedDoesNotHideTheTags() throws IOException {
        try (FakeStore store = new FakeStore(exchange -> {
                    if (exchange.getRequestURI().toString().contains("incoming")) {
                        FakeStore.error(403, "AccessDenied", "No.").to(exchange);
                    } else {
                        answer(exchange);
                    }
                });
                S3Backend backend = new S3Backend(
                        TestSettings.of(folder, store.endpoint(), "images", 100),
                        folder.resolve("tags.json"),
                        TestSettings.SMALL,
                        1,
                        Clock.systemUTC())) {
            backend.look();
            assertEquals(Set.of(), backend.tags().keySet());
            assertTrue(store.requests().stream().noneMatch(request -> request.startsWith("DELETE")));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestURI().toString();
        String page = "<ListBucketResult><Name>images</Name></ListBucketResult>";
        if (request.contains("uploads")) {
            page = "<ListMultipartUploadsResult><Bucket>images</Bucket>" + upload("old-upload", "first", yesterday)
                    + upload("slow", "second", yesterday) + upload("new-upload", "third", today)
                    + "</ListMultipartUploadsResult>";
        } else if (request.contains("incoming")) {
            page = "<ListBucketResult><Name>images</Name>" + object("old", yesterday) + object("slow", yesterday)
                    + object("new", today) + "</ListBucketResult>";
        }
        boolean isRemoval = exchange.getRequestMethod().equals("DELETE");
        FakeStore.send(exchange, isRemoval ? 204 : 200, isRemoval ? "" : page);
    }

    private static String object(String name, Instant time) {
        return "<Contents><Key>lab/incoming/" + name + "</Key><LastModified>" + time
                + "</LastModified><Size>1</Size></Contents>";
    }

    private static String upload(String name, String id, Instant time) {
        return "<Upload><Key>lab/incoming/" + name + "</Key><UploadId>" + id + "</UploadId><Initiated>" + time
                + "</Initiated></Upload>";
    }
}
