package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootDecision.Netboot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Bootloader} must keep. A plugin's test extends this class, gives a loader whose programs are in
 * place and a client that it serves, and inherits the tests.
 */
public abstract class BootloaderContract {

    private static final MacAddress OTHER = MacAddress.parse("52:54:00:aa:bb:cc");

    /** The loader, ready to serve; a new one or always the same. */
    protected abstract Bootloader loader() throws Exception;

    /** A client that the loader can serve. */
    protected abstract BootClient client();

    /** Where the loader's program looks for the menu of a client, once it runs on it. */
    protected abstract String menuPath(BootClient client);

    /** The request that a client makes for a path; its transport is the client's. */
    protected static BootRequest request(String path, BootClient client) {
        return new BootRequest(
                path,
                client.transport(),
                new InetSocketAddress("192.0.2.10", 2070),
                new InetSocketAddress("192.0.2.1", 69),
                client.link(),
                Optional.of(client),
                Optional.empty());
    }

    /** The request of someone who is not known. */
    protected static BootRequest anonymous(String path, BootTransport transport) {
        return new BootRequest(
                path,
                transport,
                new InetSocketAddress("192.0.2.10", 2070),
                new InetSocketAddress("192.0.2.1", 69),
                "",
                Optional.empty(),
                Optional.empty());
    }

    /** The whole content of a file as text. */
    protected static String text(BootFile file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.length()));
        try (BootFile.Reader reader = file.open()) {
            reader.read(content, 0);
        }
        assertEquals(file.length(), content.position(), "bytes read");
        return new String(content.array(), StandardCharsets.UTF_8);
    }

    /** The menu that the loader writes for a client. */
    protected String menu(BootClient client, Netboot netboot) throws Exception {
        BootFile file =
                loader().find(request(menuPath(client), client).with(netboot)).orElseThrow();
        return text(file);
    }

    /** A decision of one Linux entry and the next boot device, that boots the first after a time. */
    protected static Netboot netboot(String label, String arguments, Duration timeout) {
        BootEntry.Linux linux = new BootEntry.Linux(
                "install", label, "/images/sha256-00/linux", List.of("/images/sha256-00/initrd.gz"), arguments);
        BootEntry local = new BootEntry.LocalBoot("local", "Local disk");
        return new Netboot(
                new BootMenu("Boot menu", List.of(linux, local), "install", timeout), Optional.empty(), "a test");
    }

    private static Netboot plain() {
        return netboot("Install Debian", "console=ttyS0 quiet", Duration.ofSeconds(5));
    }

    @Test
    void aReadyLoaderHasNoProblems() throws Exception {
        assertEquals(List.of(), loader().problems());
    }

    @Test
    void theProgramOfItsClientIsServedToAnyone() throws Exception {
        Bootloader loader = loader();
        NetworkProgram program = loader.program(client(), plain()).orElseThrow();
        BootFile known =
                loader.find(request(program.path(), client()).with(plain())).orElseThrow();
        BootFile unknown =
                loader.find(anonymous(program.path(), client().transport())).orElseThrow();
        assertTrue(known.length() > 0, "an empty program");
        assertEquals(known.length(), unknown.length());
        assertFalse(text(known).isEmpty(), "a program that cannot be read");
    }

    @Test
    void theProgramIsTheSameEachTime() throws Exception {
        Bootloader loader = loader();
        assertEquals(loader.program(client(), plain()), loader.program(client(), plain()));
    }

    @Test
    void noArchitectureMakesItThrow() throws Exception {
        Bootloader loader = loader();
        for (int code = 0; code <= 0xffff; code += code < 64 ? 1 : 997) {
            FirmwareArchitecture architecture = new FirmwareArchitecture(code);
            BootClient any =
                    BootClient.builder(OTHER).architecture(architecture).build();
            Optional<NetworkProgram> program = loader.program(any, plain());
            boolean running = loader.isRunningOn(any);
            assertTrue(program.isEmpty() || !running || program.get().path().length() > 1);
        }
    }

    @Test
    void theMenuShowsWhatWasDecided() throws Exception {
        String menu = menu(client(), plain());
        for (String part : List.of(
                "Install Debian", "/images/sha256-00/linux", "/images/sha256-00/initrd.gz", "console=ttyS0", "quiet")) {
            assertTrue(menu.contains(part), "no '" + part + "' in:\n" + menu);
        }
    }

    @Test
    void theMenuThatBootsAtOnceNamesTheKernel() throws Exception {
        String menu = menu(client(), netboot("Install Debian", "quiet", Duration.ZERO));
        assertTrue(menu.contains("/images/sha256-00/linux"), menu);
    }

    @Test
    void everyInitrdIsInTheMenuInOrder() throws Exception {
        BootEntry.Linux linux = new BootEntry.Linux("a", "A", "/a/linux", List.of("/a/first", "/a/second"), "");
        String menu = menu(client(), new Netboot(BootMenu.of(linux), Optional.empty(), "a test"));
        assertTrue(menu.contains("/a/first"), menu);
        assertTrue(menu.indexOf("/a/first") < menu.indexOf("/a/second"), menu);
    }

    @Test
    void eachMachineGetsItsOwnMenu() throws Exception {
        BootClient other = BootClient.builder(OTHER)
                .architecture(client().architecture())
                .transport(client().transport())
                .link(client().link())
                .build();
        String mine = menu(client(), netboot("Mine", "mine=1", Duration.ZERO));
        String theirs = menu(other, netboot("Theirs", "theirs=1", Duration.ZERO));
        assertTrue(mine.contains("mine=1") && !mine.contains("theirs=1"), mine);
        assertTrue(theirs.contains("theirs=1") && !theirs.contains("mine=1"), theirs);
    }

    @Test
    void withoutADecisionThereIsNoMenu() throws Exception {
        Bootloader loader = loader();
        assertTrue(loader.find(request(menuPath(client()), client())).isEmpty());
        assertTrue(
                loader.find(anonymous(menuPath(client()), client().transport())).isEmpty());
    }

    @Test
    void unknownPathsAreNotFound() throws Exception {
        Bootloader loader = loader();
        for (String path :
                List.of("/no-such-file", "/pxelinux.cfg/C0A80001", "/images/sha256-00/linux", "/etc/passwd")) {
            assertTrue(loader.find(request(path, client()).with(plain())).isEmpty(), path);
        }
    }

    @Test
    void hostileTextAddsNoLine() throws Exception {
        long lines = menu(client(), plain()).lines().count();
        for (String hostile : List.of(
                "'",
                "\"",
                "\\",
                "'; reboot #",
                "$(reboot) ${x} `reboot`",
                "} ' menuentry",
                "^x && y || z ; w",
                "a\u2028b",
                "long ".repeat(2000))) {
            String menu = menu(client(), netboot(hostile, hostile, Duration.ofSeconds(5)));
            assertFalse(menu.lines().count() > lines, hostile + " in:\n" + menu);
        }
    }

    @Test
    void anyNormalPathIsAnsweredOrNotFound() throws Exception {
        Bootloader loader = loader();
        Random random = new Random(20261101);
        String letters = "/abgrupxelinx.0cfgEFI01-52:% ~'\"\u00fc$*";
        String menuFolder = menuPath(client()).substring(0, menuPath(client()).lastIndexOf('/') + 1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder raw = new StringBuilder(i % 2 == 0 ? "/" : menuFolder);
            for (int length = random.nextInt(40); length >= 0; length--) {
                raw.append(letters.charAt(random.nextInt(letters.length())));
            }
            Optional<String> path = BootRequest.normalise(raw.toString());
            if (path.isPresent()) {
                Optional<BootFile> file =
                        loader.find(request(path.get(), client()).with(plain()));
                assertTrue(file.isEmpty() || file.get().length() >= 0);
            }
        }
    }
}
