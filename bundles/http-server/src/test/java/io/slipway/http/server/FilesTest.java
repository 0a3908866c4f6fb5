package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootFile.Extent;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import io.slipway.boot.Transfer.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a GET and a HEAD bring, byte for byte, and what is noted of them. */
class FilesTest {

    @TempDir
    Path folder;

    private final HttpServerFixture server = new HttpServerFixture();
    private RawClient client;

    @BeforeEach
    void connect() throws Exception {
        client = server.connect();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void aFileOnDisk() throws Exception {
        byte[] content = HttpServerFixture.content(300_000);
        server.boot.files.put("/linux", HttpServerFixture.onDisk(folder.resolve("linux"), content));
        RawClient.Reply reply = client.get("/linux");
        assertEquals(200, reply.status());
        assertEquals("300000", reply.header("content-length"));
        assertEquals("application/octet-stream", reply.header("content-type"));
        assertEquals("bytes", reply.header("accept-ranges"));
        assertEquals("Slipway", reply.header("server"));
        assertTrue(reply.header("date").endsWith(" GMT"), reply.header("date"));
        assertTrue(reply.header("last-modified").endsWith(" GMT"), reply.header("last-modified"));
        assertTrue(reply.header("etag").matches("\"[0-9a-f]{32}\""), reply.header("etag"));
        assertEquals("", reply.header("connection"));
        assertArrayEquals(content, reply.body());
    }

    /** GRUB before 2.12 compares the names of header fields with their letter case. */
    @Test
    void headersAreSpeltAsInTheBook() throws Exception {
        server.boot.put("/linux", new byte[10]);
        client.get("/linux", "Connection: close\r\n");
        String answer = new String(client.readToEnd(), StandardCharsets.ISO_8859_1);
        for (String line : List.of("Content-Length: 10\r\n", "Content-Type: ", "ETag: ", "Connection: close\r\n")) {
            assertTrue(answer.contains("\r\n" + line), answer);
        }
    }

    @Test
    void theTransferIsTheClients() throws Exception {
        server.boot.put("/menu", new byte[1000]);
        client.get("/menu");
        FakeTransfer transfer = server.boot.awaitEnd();
        BootRequest request = transfer.request();
        assertEquals(BootTransport.HTTP, request.transport());
        assertEquals("test0", request.link());
        assertEquals(client.socket.getLocalSocketAddress(), request.remote());
        assertEquals(client.socket.getRemoteSocketAddress(), request.local());
        assertEquals(Optional.of(FakeBoot.MAC), request.client().map(known -> known.mac()));
        assertEquals(Outcome.COMPLETED, transfer.outcome);
        assertEquals("", transfer.detail);
        assertEquals(1000, transfer.sent());
    }

    @Test
    void inMemoryTheTagIsTheDigest() throws Exception {
        server.boot.files.put("/menu", BootFile.of(new byte[] {'a', 'b', 'c'}, "text/plain; charset=utf-8"));
        RawClient.Reply reply = client.get("/menu");
        assertEquals("abc", reply.text());
        assertEquals("text/plain; charset=utf-8", reply.header("content-type"));
        assertEquals(
                "\"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"", reply.header("etag"));
        assertEquals("", reply.header("last-modified"));
    }

    @Test
    void aKnownDigestIsTheTag() throws Exception {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);
        Path file = Files.write(folder.resolve("blob"), new byte[10]);
        server.boot.files.put("/blob", BootFile.of(file, "application/efi").withDigest(digest));
        RawClient.Reply reply = client.get("/blob");
        assertEquals('"' + digest + '"', reply.header("etag"));
        assertEquals("application/efi", reply.header("content-type"));
    }

    @Test
    void aFileThatWasJustWrittenHasAWeakTag() throws Exception {
        Path file = Files.write(folder.resolve("new"), new byte[10]);
        server.boot.files.put("/new", BootFile.of(file, BootFile.OCTET_STREAM));
        assertTrue(client.get("/new").header("etag").startsWith("W/\""));
    }

    @Test
    void theTagChangesWithTheFile() throws Exception {
        Path file = folder.resolve("linux");
        server.boot.files.put("/linux", HttpServerFixture.onDisk(file, new byte[10]));
        String before = client.get("/linux").header("etag");
        assertEquals(before, client.get("/linux").header("etag"));
        Files.delete(file);
        server.boot.files.put("/linux", HttpServerFixture.onDisk(file, new byte[11]));
        assertFalse(before.equals(client.get("/linux").header("etag")));
    }

    @Test
    void nothingIsAlsoAFile() throws Exception {
        server.boot.put("/empty", new byte[0]);
        server.boot.files.put("/hollow", HttpServerFixture.onDisk(folder.resolve("hollow"), new byte[0]));
        assertEquals("0", client.get("/empty").header("content-length"));
        assertEquals("0", client.get("/hollow").header("content-length"));
        assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        assertEquals(404, client.get("/next").status());
    }

    @Test
    void headIsNoTransfer() throws Exception {
        server.boot.put("/linux", new byte[5000]);
        client.send("HEAD /linux HTTP/1.1\r\nHost: test\r\nRange: bytes=0-9\r\n\r\n");
        RawClient.Reply reply = client.read(false);
        assertEquals(200, reply.status());
        assertEquals("5000", reply.header("content-length"));
        assertEquals("bytes", reply.header("accept-ranges"));
        BootEvent event = server.boot.journal.poll(20, TimeUnit.SECONDS);
        assertEquals(BootEvent.Step.FILE_PROBED, event.step());
        assertEquals(Optional.of(FakeBoot.MAC), event.mac());
        assertEquals("/linux", event.detail());
        assertEquals(OptionalLong.of(5000), event.bytes());
        assertEquals(5000, client.get("/linux").body().length);
        assertEquals(1, server.boot.begun.size());
    }

    @Test
    void headOfNothing() throws Exception {
        client.send("HEAD /none HTTP/1.1\r\nHost: test\r\n\r\n");
        assertEquals(404, client.read(false).status());
        assertEquals(404, client.get("/none").status());
    }

    @Test
    void notFoundIsNoted() throws Exception {
        RawClient.Reply reply = client.get("/none");
        assertEquals(404, reply.status());
        assertEquals("404 Not Found\n", reply.text());
        BootEvent event = server.boot.journal.poll(20, TimeUnit.SECONDS);
        assertEquals(BootEvent.Step.FILE_NOT_FOUND, event.step());
        assertEquals("/none", event.detail());
        assertEquals(404, client.get("/").status());
        assertEquals("/", server.boot.journal.poll(20, TimeUnit.SECONDS).detail());
    }

    @Test
    void aDoubledSlashIsServedWithoutARedirect() throws Exception {
        server.boot.put("/EFI/BOOT/grubx64.efi", new byte[10]);
        assertEquals(200, client.get("//EFI/BOOT/grubx64.efi").status());
        assertEquals(200, client.get("/EFI//BOOT/grubx64.efi?x=1").status());
        assertEquals(200, client.get("http://slipway:80//EFI/BOOT/grubx64.efi").status());
    }

    /** RFC 3986 section 3.2.2, and RFC 6874 for the zone. */
    @Test
    void aHostOfIpv6() throws Exception {
        server.boot.put("/linux", new byte[10]);
        for (String host : List.of("[2001:db8::1]", "[2001:db8::1]:8080", "[fe80::1%25eth0]:80")) {
            client.send("GET /linux HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertEquals(200, client.read().status());
            assertEquals(200, client.get("http://" + host + "/linux").status());
        }
    }

    @Test
    void anyRangeOfAnyExtents() throws Exception {
        byte[] disk = HttpServerFixture.content(100_000);
        Path first = Files.write(folder.resolve("first"), disk);
        Path second = Files.write(folder.resolve("second"), HttpServerFixture.content(500));
        server.boot.files.put(
                "/iso",
                BootFile.of(
                        List.of(
                                new Extent(first, 1000, 20_000),
                                new Extent(second, 0, 500),
                                new Extent(first, 50_000, 0),
                                new Extent(first, 0, 1),
                                new Extent(first, 70_000, 30_000)),
                        "application/octet-stream"));
        byte[] whole = client.get("/iso").body();
        assertEquals(50_501, whole.length);
        assertArrayEquals(Arrays.copyOfRange(disk, 1000, 21_000), Arrays.copyOfRange(whole, 0, 20_000));
        assertArrayEquals(Arrays.copyOfRange(disk, 70_000, 100_000), Arrays.copyOfRange(whole, 20_501, 50_501));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(whole.length);
            int to = from + random.nextInt(i % 2 == 0 ? 700 : whole.length - from);
            expectRange(whole, from, Math.min(to, whole.length - 1));
        }
        expectRange(whole, 19_999, 20_501);
        expectRange(whole, 20_500, 20_500);
    }

    private void expectRange(byte[] whole, int from, int to) throws Exception {
        RawClient.Reply reply =
                client.get("/iso", "Range: bytes=" + from + "-" + to + "\r\n").read();
        assertEquals(206, reply.status());
        assertEquals("bytes " + from + "-" + to + "/" + whole.length, reply.header("content-range"));
        assertArrayEquals(Arrays.copyOfRange(whole, from, to + 1), reply.body());
    }

    @Test
    void aPartSaysSo() throws Exception {
        server.boot.put("/linux", HttpServerFixture.content(1000));
        RawClient.Reply reply = client.get("/linux", "Range: bytes=-100\r\n").read();
        assertEquals("bytes 900-999/1000", reply.header("content-range"));
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals("bytes 900-999", transfer.detail);
        assertEquals(100, transfer.sent());
    }

    @Test
    void outsideAndNonsense() throws Exception {
        server.boot.put("/linux", HttpServerFixture.content(1000));
        for (String range : List.of("bytes=1000-", "bytes=9223372036854775807-", "bytes=-0")) {
            RawClient.Reply reply =
                    client.get("/linux", "Range: " + range + "\r\n").read();
            assertEquals(416, reply.status(), range);
            assertEquals("bytes */1000", reply.header("content-range"));
        }
        String hundreds = "0-0,".repeat(2000) + "5-9";
        for (String range : List.of("bytes=5-3", "bytes=0-5,5-9", "bytes=" + hundreds, "rows=1-2", "bytes=-")) {
            RawClient.Reply reply =
                    client.get("/linux", "Range: " + range + "\r\n").read();
            assertEquals(200, reply.status(), range);
            assertEquals(1000, reply.body().length);
        }
    }

    @Test
    void aFileWithAnImmutablePathIsLookedForOnceASecond() throws Exception {
        byte[] content = HttpServerFixture.content(3000);
        server.boot.files.put(
                "/linux",
                HttpServerFixture.onDisk(folder.resolve("linux"), content).withImmutablePath());
        int answered = 0;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2500);
        while (System.nanoTime() < until) {
            RawClient.Reply reply = client.get("/linux");
            assertEquals(200, reply.status());
            assertArrayEquals(content, reply.body());
            answered++;
        }
        int lookups = server.boot.lookups.size();
        assertTrue(lookups >= 2 && lookups <= 4, answered + " answers took " + lookups + " lookups");
    }

    @Test
    void whatIsRemovedIsSoonServedNoMore() throws Exception {
        server.boot.files.put(
                "/linux",
                HttpServerFixture.onDisk(folder.resolve("linux"), new byte[10]).withImmutablePath());
        assertEquals(200, client.get("/linux").status());
        server.boot.files.remove("/linux");
        HttpServerFixture.await(
                () -> {
                    try {
                        return client.get("/linux").status() == 404;
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "not found");
    }

    @Test
    void anotherFileIsLookedForEachTime() throws Exception {
        server.boot.files.put("/linux", HttpServerFixture.onDisk(folder.resolve("linux"), new byte[10]));
        for (int i = 0; i < 5; i++) {
            assertEquals(200, client.get("/linux").status());
        }
        assertEquals(5, server.boot.lookups.size());
    }

    @Test
    void severalPartsAtOnce() throws Exception {
        byte[] content = HttpServerFixture.content(1000);
        server.boot.files.put("/linux", HttpServerFixture.onDisk(folder.resolve("linux"), content));
        client.get("/linux", "Range: bytes=0-9,-5\r\n");
        RawClient.Reply reply = client.read();
        assertEquals(206, reply.status());
        String type = reply.header("content-type");
        assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
        String boundary = type.substring(type.indexOf('=') + 1);
        String expected = "\r\n--" + boundary + "\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Range: bytes 0-9/1000\r\n\r\n" + latin(content, 0, 10) + "\r\n--" + boundary
                + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes 995-999/1000\r\n\r\n"
                + latin(content, 995, 1000) + "\r\n--" + boundary + "--\r\n";
        assertEquals(expected, new String(reply.body(), StandardCharsets.ISO_8859_1));
        assertEquals("bytes 0-9,995-999", server.boot.awaitEnd().detail);
    }

    private static String latin(byte[] content, int from, int to) {
        return new String(content, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
