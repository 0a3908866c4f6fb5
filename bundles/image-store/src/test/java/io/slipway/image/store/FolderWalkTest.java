package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderWalkTest {

    @TempDir
    private Path outside;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(outside.resolve("images"));
    }

    @Test
    void findsFilesInOrderAndFollowsLinksInside() throws IOException {
        assertEquals(
                List.of(
                        "debian-installer/amd64/boot-screens/menu.cfg",
                        "debian-installer/amd64/initrd.gz",
                        "debian-installer/amd64/linux",
                        "debian-installer/amd64/pxelinux.0",
                        "debian-installer/amd64/pxelinux.cfg/default",
                        "pxelinux.0",
                        "pxelinux.cfg/default"),
                paths(TestFiles.debianTree(folder)));
    }

    @Test
    void leavesOutLinksThatLeadRoundInACircle() throws IOException {
        Files.createFile(folder.resolve("linux"));
        Files.createSymbolicLink(folder.resolve("debian"), Path.of("."));
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Files.createFile(two.resolve("file"));
        Files.createSymbolicLink(one.resolve("to-two"), Path.of("../two"));
        Files.createSymbolicLink(two.resolve("to-one"), Path.of("../one"));
        assertEquals(List.of("linux", "one/to-two/file", "two/file"), paths(folder));
    }

    @Test
    void readsAFolderThroughALinkToIt() throws IOException {
        Files.createFile(folder.resolve("linux"));
        assertEquals(List.of("linux"), paths(Files.createSymbolicLink(outside.resolve("link"), folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "../folder", "/etc", "sub/../../secret"})
    void refusesALinkThatLeadsOut(String target) throws IOException {
        Files.createFile(outside.resolve("secret"));
        Files.createDirectory(outside.resolve("folder"));
        Files.createDirectory(folder.resolve("sub"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(target));
        assertRefused(link + " is a symbolic link that leads out of the folder", "copy that file in its place");
    }

    @Test
    void aFolderWithALongerNameIsOutside() throws IOException {
        Files.createFile(Files.createDirectory(outside.resolve("images-old")).resolve("linux"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("../images-old/linux"));
        assertRefused("leads out of the folder", "copy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "link"})
    void refusesALinkThatLeadsNowhere(String target) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(target));
        assertRefused(link + " is a symbolic link that leads nowhere, to " + target, "remove it");
    }

    @Test
    void refusesASocket() throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket + " is a device, a pipe or a socket", "remove it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "a\nb", "a\u001bb", "a\u007fb"})
    void refusesNamesThatMachinesCannotAskFor(String name) throws IOException {
        Files.createFile(folder.resolve(name));
        assertRefused(folder.toString(), "rename it");
        assertFalse(failure().chars().anyMatch(Character::isISOControl));
    }

    @Test
    void refusesAFolderWithoutFiles() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        assertRefused(folder + " holds no files", "give the folder");
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        Path file = Files.createFile(outside.resolve("debian.iso"));
        String message =
                assertThrows(IOException.class, () -> FolderWalk.of(file)).getMessage();
        assertTrue(message.startsWith(file + " is not a folder"), message);
    }

    @Test
    void refusesATreeThatIsNoImage() throws IOException {
        // 2 links a level: 2 to the 20th ways down, and not one file.
        for (int level = 0; level < 20; level++) {
            Path here = Files.createDirectory(folder.resolve("level-" + level));
            Files.createSymbolicLink(here.resolve("a"), Path.of("../level-" + (level + 1)));
            Files.createSymbolicLink(here.resolve("b"), Path.of("../level-" + (level + 1)));
        }
        Files.createDirectory(folder.resolve("level-20"));
        assertRefused(folder + " holds more than 10000 files", "pack a tree");
    }

    private void assertRefused(String what, String cure) {
        String message = failure();
        assertTrue(message.contains(what) && message.contains(cure), message);
    }

    private String failure() {
        return assertThrows(IOException.class, () -> FolderWalk.of(folder)).getMessage();
    }

    private static List<String> paths(Path folder) throws IOException {
        return FolderWalk.of(folder).stream().map(FolderFile::path).sorted().toList();
    }
}
