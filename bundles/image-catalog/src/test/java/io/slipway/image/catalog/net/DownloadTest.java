package io.slipway.image.catalog.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.ImportProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final int SIZE = 300_000;
    private static final int PART = 100_000;
    private static final Instant MODIFIED = Instant.parse("2026-07-11T10:16:37Z");

    @TempDir
    private Path folder;

    private final byte[] bytes = new byte[SIZE];
    private final List<Integer> pauses = new ArrayList<>();
    private FakeMirror mirror;
    private Download download;
    private URI url;
    private Digest digest;

    @BeforeEach
    void start() throws IOException {
        new Random(42).nextBytes(bytes);
        digest = Digest.of(Digest.sum().digest(bytes));
        mirror = new FakeMirror();
        mirror.put("initrd", bytes);
        url = URI.create(mirror.address() + "/initrd");
        download = download(Mirrors.NONE, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void aFileIsFetchedAndItsProgressTold() throws Exception {
        List<Long> told = new ArrayList<>();
        Download.Fetched fetched = download.file(url, digest, folder, "initrd", (name, done, size) -> told.add(done));
        assertArrayEquals(bytes, Files.readAllBytes(fetched.file()));
        assertEquals(new Download.Fetched(fetched.file(), SIZE, MODIFIED), fetched);
        assertEquals((long) SIZE, told.get(told.size() - 1));
        assertEquals(1, files().size());
    }

    @Test
    void anEmptyFileIsOne() throws Exception {
        mirror.put("empty", new byte[0]);
        Digest empty = Digest.of(Digest.sum().digest());
        URI address = URI.create(mirror.address() + "/empty");
        assertEquals(
                0,
                download.file(address, empty, folder, "empty", ImportProgress.NONE)
                        .size());
    }

    @Test
    void whatWasCutOffIsGoneOnWith() throws Exception {
        mirror.next(mirror.cutAfter(PART));
        Download.Fetched fetched = fetch();
        assertArrayEquals(bytes, Files.readAllBytes(fetched.file()));
        assertEquals(MODIFIED, fetched.modified());
        assertEquals(2, mirror.asked().size());
        assertTrue(mirror.asked().get(1).matches("/initrd bytes=[1-9][0-9]*-"), mirror.asked()::toString);
        assertEquals(List.of(1), pauses);
    }

    @Test
    void whatIsHereFromAnotherTimeIsGoneOnWith() throws Exception {
        for (int i = 0; i < Download.ATTEMPTS; i++) {
            mirror.next(i == 0 ? mirror.cutAfter(PART) : FakeMirror.status(503));
        }
        mirror.next(FakeMirror.status(503));
        String message = refusal();
        assertEquals(
                mirror.address()
                        + "/initrd was answered with status 503, 5 times in a row; what has come is kept, and the"
                        + " next time goes on from there. Try again later, or name another address under mirrors in"
                        + " etc/io.slipway.image.catalog.cfg",
                message);
        assertArrayEquals(bytes, Files.readAllBytes(fetch().file()));
        assertTrue(mirror.asked().get(mirror.asked().size() - 1).contains(" bytes="));
    }

    @Test
    void anotherVersionIsFetchedFromItsBegin() throws Exception {
        mirror.next(mirror.cutAfter(PART));
        mirror.next(exchange -> {
            mirror.tag(Optional.of("\"2\""));
            exchange.sendResponseHeaders(503, -1);
        });
        assertArrayEquals(bytes, Files.readAllBytes(fetch().file()));
    }

    @Test
    void aRestOfSomethingElseIsNotTaken() throws Exception {
        mirror.next(mirror.cutAfter(PART));
        mirror.next(exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 5-9/10");
            exchange.sendResponseHeaders(206, 5);
            exchange.getResponseBody().write(new byte[5]);
        });
        assertArrayEquals(bytes, Files.readAllBytes(fetch().file()));
        assertEquals("/initrd", mirror.asked().get(2));
    }

    @Test
    void aPartThatIsLongerThanTheFileIsThrownAway() throws Exception {
        mirror.next(mirror.cutAfter(PART));
        mirror.next(FakeMirror.status(416));
        assertArrayEquals(bytes, Files.readAllBytes(fetch().file()));
        assertEquals("/initrd", mirror.asked().get(2));
    }

    @Test
    void aFileThatIsWholeAlreadyIsNotAskedFor() throws Exception {
        fetch();
        assertEquals(MODIFIED, fetch().modified());
        assertEquals(1, mirror.asked().size());
    }

    @Test
    void otherBytesAreRemoved() throws IOException {
        mirror.put("initrd", "else".getBytes(UTF_8));
        assertTrue(refusal().contains("/initrd has other bytes than its checksum is of"), this::refusal);
        assertEquals(List.of(), files());
    }

    @Test
    void whatIsNotThereIsAskedForOnce() {
        mirror.remove("initrd");
        assertTrue(refusal().contains("status 404: there is no such file"), this::refusal);
        assertEquals(List.of(), pauses);
    }

    @Test
    void whatIsForbiddenNamesTheCure() {
        mirror.next(FakeMirror.status(403));
        assertTrue(refusal().contains("put user and password into the address of the mirror"));
        mirror.next(FakeMirror.status(407));
        assertTrue(refusal().contains("the proxy wants a user and a password"));
        mirror.next(FakeMirror.status(400));
        assertTrue(refusal().contains("status 400; look at mirrors and proxy"));
    }

    @Test
    void aMirrorTakesThePlaceOfAnAddressAndIsGivenItsPassword() throws Exception {
        String withLogin = mirror.address().replace("http://", "http://me:secret@") + "/debian";
        Download mirrored =
                download(Mirrors.parse("https://deb.example/debian -> " + withLogin), Duration.ofSeconds(30));
        mirror.put("debian/a", "a".getBytes(UTF_8));
        mirror.next(exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"debian\"");
            exchange.sendResponseHeaders(401, -1);
        });
        mirror.next(exchange -> {
            byte[] given =
                    exchange.getRequestHeaders().getFirst("Authorization").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, given.length);
            exchange.getResponseBody().write(given);
        });
        byte[] answer = mirrored.bytes(URI.create("https://deb.example/debian/a"), 100);
        assertEquals("Basic bWU6c2VjcmV0", new String(answer, UTF_8));
        mirror.remove("debian/a");
        String message = assertThrows(
                        IOException.class, () -> mirrored.bytes(URI.create("https://deb.example/debian/a"), 100))
                .getMessage();
        assertFalse(message.contains("secret"), message);
        assertTrue(message.startsWith(mirror.address() + "/debian/a was answered with status 404"), message);
    }

    @Test
    void redirectsAreFollowedSoFar() throws Exception {
        mirror.next(FakeMirror.redirect("/elsewhere"));
        mirror.put("elsewhere", bytes);
        assertArrayEquals(bytes, download.bytes(url, SIZE));
        for (int i = 0; i <= Download.REDIRECTS; i++) {
            mirror.next(FakeMirror.redirect("/again"));
        }
        assertTrue(refusal().contains("/initrd is redirected more than 5 times"));
        for (String nowhere : List.of("ftp://127.0.0.1/x", "", "http:// /")) {
            mirror.next(FakeMirror.redirect(nowhere));
            assertTrue(refusal().contains("/initrd is redirected to "));
        }
    }

    @Test
    void aLargerFileThanIsExpectedIsRefused() throws Exception {
        String message = assertThrows(IOException.class, () -> download.bytes(url, SIZE - 1))
                .getMessage();
        assertTrue(message.contains("/initrd has more than " + (SIZE - 1) + " bytes"), message);
        assertArrayEquals(bytes, download.bytes(url, SIZE));
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Download impatient = download(Mirrors.NONE, Duration.ofMillis(200));
        for (int i = 0; i < Download.ATTEMPTS; i++) {
            mirror.next(exchange -> await(end));
        }
        String message = assertThrows(IOException.class, () -> impatient.bytes(url, SIZE))
                .getMessage();
        end.countDown();
        assertTrue(message.contains("/initrd has sent nothing for 200 ms, 5 times in a row"), message);
        assertEquals(List.of(1, 2, 3, 4), pauses);
    }

    @Test
    void whoCannotBeReachedIsNamed() {
        mirror.close();
        assertTrue(refusal().startsWith(mirror.address() + "/initrd cannot be fetched ("), this::refusal);
    }

    @Test
    void anInterruptKeepsWhatHasCome() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread self = Thread.currentThread();
        mirror.next(exchange -> {
            mirror.cutAfter(PART).answer(exchange);
            await(end);
        });
        ImportProgress interrupting = (name, done, size) -> {
            if (done == PART) {
                self.interrupt();
            }
        };
        assertThrows(InterruptedException.class, () -> download.file(url, digest, folder, "initrd", interrupting));
        end.countDown();
        assertArrayEquals(bytes, Files.readAllBytes(fetch().file()));
        assertEquals("/initrd bytes=" + PART + "-", mirror.asked().get(1));
    }

    @Test
    void aFolderThatTakesNothingIsNamed() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        assertThrows(
                IOException.class,
                () -> download.file(url, digest, inTheWay.resolve("x"), "initrd", ImportProgress.NONE));
        Files.createDirectory(folder.resolve(digest.hex() + ".part"));
        assertThrows(IOException.class, this::fetch);
        assertTrue(pauses.isEmpty());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Download download(Mirrors mirrors, Duration timeout) {
        return new Download(new Download.Settings(mirrors, Proxies.of(Proxies.NONE, Map.of()), timeout), pauses::add);
    }

    private Download.Fetched fetch() throws IOException, InterruptedException {
        return download.file(url, digest, folder, "initrd", ImportProgress.NONE);
    }

    private String refusal() {
        return assertThrows(IOException.class, this::fetch).getMessage();
    }

    private List<Path> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.toList();
        }
    }
}
