package io.slipway.image.catalog.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.ImageRef;
import io.slipway.image.catalog.FakeImageStore;
import io.slipway.image.catalog.SignedArchive;
import io.slipway.image.catalog.openpgp.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandsTest {

    @TempDir
    private Path folder;

    private SignedArchive archive;

    @BeforeEach
    void start() throws Exception {
        archive = new SignedArchive(folder, TestKey.good());
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    @Test
    void addsAndTellsWhatWasVerified() throws Exception {
        AddCommand command = new AddCommand();
        command.catalog = archive.catalog();
        command.name = "debian";
        command.ref = "debian-12:current";
        String printed = run(command);
        String digest = archive.store()
                .find(ImageRef.parse("debian-12:current"))
                .orElseThrow()
                .digest()
                .toString();
        assertTrue(
                printed.startsWith("fetching linux\nfetching initrd.gz\nstoring linux\nstoring initrd.gz\n"), printed);
        assertTrue(printed.contains("debian-12:current is " + digest + "\nverified: signature of dists/"), printed);
        assertTrue(printed.endsWith("kernel linux (8 B)\ninitrd initrd.gz (87.9 KiB)\n"), printed);
        String again = run(command);
        assertTrue(again.startsWith("debian-12:current is " + digest + ", as it was before\n"), again);
    }

    @Test
    void refusesANameThatIsNone() {
        AddCommand command = new AddCommand();
        command.catalog = archive.catalog();
        command.name = "debian";
        command.ref = "Debian 12";
        assertThrows(IllegalArgumentException.class, command::execute);
        assertEquals(0, archive.store().imports());
    }

    @Test
    void anInterruptSaysWhatIsLeft() throws Exception {
        AddCommand command = new AddCommand();
        command.catalog = archive.catalog();
        command.name = "debian";
        Thread.currentThread().interrupt();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThrows(InterruptedException.class, () -> run(command, printed));
        assertEquals(
                "interrupted: no tag was moved; what has come is kept, and image:add goes on from there\n",
                printed.toString(UTF_8));
        assertEquals(0, archive.store().imports());
    }

    @Test
    void listsWhatCanBeAddedAndWhatIsRefused() throws Exception {
        Files.write(folder.resolve("catalog/broken.yaml"), "entries: 1".getBytes(UTF_8));
        CatalogCommand command = new CatalogCommand();
        command.catalog = archive.catalog();
        command.catalog.add("debian", Optional.empty(), new ProgressLine(System.out, false, () -> 0));
        String printed = run(command);
        List<String> lines = printed.lines()
                .map(line -> line.replaceAll("\\s*[|│]\\s*", "|").strip())
                .toList();
        assertTrue(lines.contains("debian|Debian \"bookworm\"|amd64|yes|debian:latest"), printed);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("debian-13-amd64|Debian 13 \"trixie\" installer|amd64|no,")),
                printed);
        assertTrue(printed.contains("refused: broken.yaml:1: expected a mapping of names to entries"), printed);
    }

    @Test
    void namesAreCompleted() throws Exception {
        EntryCompleter entries = new EntryCompleter();
        entries.catalog = archive.catalog();
        List<String> candidates = new ArrayList<>();
        entries.complete(null, new ArgumentCommandLine("debian-13", 9), candidates);
        assertTrue(candidates.stream().anyMatch(name -> name.strip().equals("debian-13-arm64")), candidates::toString);
        ImageRefCompleter refs = new ImageRefCompleter();
        FakeImageStore store = archive.store();
        archive.catalog().add("debian", Optional.empty(), new ProgressLine(System.out, false, () -> 0));
        refs.store = store;
        List<String> found = new ArrayList<>();
        refs.complete(null, new ArgumentCommandLine("deb", 3), found);
        assertTrue(found.stream().anyMatch(name -> name.strip().equals("debian:latest")), found::toString);
    }

    @Test
    void theProgressLineIsWrittenOverNowAndThen() {
        AtomicLong now = new AtomicLong();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ProgressLine line = new ProgressLine(new PrintStream(written, true, UTF_8), true, now::get);
        line.fetching("linux", 0, 2048);
        line.fetching("linux", 512, 2048);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        line.fetching("linux", 1024, 2048);
        line.storing("linux", 3, -1);
        line.end();
        line.end();
        String clear = "\r\u001b[K";
        assertEquals(
                clear + "fetching linux 0 B of 2.0 KiB, 0 %" + clear + "fetching linux 1.0 KiB of 2.0 KiB, 50 %" + clear
                        + "storing linux 3 B" + clear,
                written.toString(UTF_8));
    }

    private static String run(Action command) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        run(command, printed);
        return printed.toString(UTF_8);
    }

    private static void run(Action command, ByteArrayOutputStream printed) throws Exception {
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            command.execute();
        } finally {
            System.setOut(before);
        }
    }
}
