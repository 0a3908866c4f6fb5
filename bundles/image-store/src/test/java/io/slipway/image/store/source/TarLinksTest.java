package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarLinksTest {

    @Test
    void linksBeforeAndAfterTheirFileAreTheSameFile() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .symbolicLink("before", "boot/linux")
                .file("boot/linux", "kernel")
                .symbolicLink("boot/after", "linux")
                .symbolicLink("boot/up", "../boot/./linux")
                .hardLink("hard", "./boot/linux")
                .hardLink("hard-again", "hard")
                .symbolicLink("chain", "before"));
        assertEquals(Set.of("boot/linux"), intake.files.keySet());
        assertEquals(
                Map.of(
                        "before", "boot/linux",
                        "boot/after", "boot/linux",
                        "boot/up", "boot/linux",
                        "hard", "boot/linux",
                        "hard-again", "boot/linux",
                        "chain", "boot/linux"),
                intake.links);
    }

    @Test
    void aLinkToAFolderHasItsFiles() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .symbolicLink("pxelinux.cfg", "amd64/pxelinux.cfg")
                .folder("amd64/pxelinux.cfg/")
                .symbolicLink("amd64/pxelinux.cfg/default", "../screens/menu.cfg")
                .file("amd64/screens/menu.cfg", "menu")
                .file("amd64/pxelinux.cfg/deeper/file", "x")
                .symbolicLink("through", "pxelinux.cfg/default"));
        assertEquals(
                Map.of(
                        "amd64/pxelinux.cfg/default", "amd64/screens/menu.cfg",
                        "pxelinux.cfg/default", "amd64/screens/menu.cfg",
                        "pxelinux.cfg/deeper/file", "amd64/pxelinux.cfg/deeper/file",
                        "through", "amd64/screens/menu.cfg"),
                intake.links);
    }

    @Test
    void linksThatLeadRoundInACircleOfFoldersAddNothing() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .file("linux", "kernel")
                .symbolicLink("debian", ".")
                .file("two/file", "x")
                .symbolicLink("one/to-two", "../two")
                .symbolicLink("two/to-one", "../one"));
        assertEquals(Map.of("one/to-two/file", "two/file"), intake.links);
    }

    @Test
    void aHardLinkToASymbolicLinkIsThatLinkInItsOwnFolder() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .file("a/file", "of a")
                .symbolicLink("a/link", "file")
                .file("b/file", "of b")
                .hardLink("b/link", "a/link"));
        assertEquals(Map.of("a/link", "a/file", "b/link", "b/file"), intake.links);
    }

    @Test
    void theSizeOfALinkIsThatOfItsFileAndHasNoContent() throws IOException {
        RecordingIntake intake = read(new TarWriter()
                .file("a", "abc")
                .header('1', "b", "a", 3, header -> {})
                .file("c", "c"));
        assertEquals(Map.of("a", "abc", "b", "abc", "c", "c"), intake.texts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../secret", "x/../../secret", ".."})
    void refusesALinkThatLeadsOut(String target) {
        TarWriter archive = new TarWriter().file("linux", "").file("x/y", "").symbolicLink("link", target);
        assertRefused(
                archive, "the link 'link' to '" + target + "' leads out of the archive", "put the file in its place");
        assertRefused(
                new TarWriter().file("linux", "").file("x/y", "").hardLink("link", target),
                "leads out of the archive",
                "put the file in its place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "linux/deeper", "x/nothing"})
    void refusesALinkThatLeadsNowhere(String target) {
        assertRefused(
                new TarWriter().file("linux", "").file("x/y", "").symbolicLink("link", target),
                "the link 'link' to '" + target + "' leads nowhere",
                "remove it");
    }

    @Test
    void refusesACircle() {
        assertRefused(
                new TarWriter().file("f", "").symbolicLink("a", "b").symbolicLink("b", "a"), "in a circle", "remove");
        assertRefused(new TarWriter().file("f", "").hardLink("a", "b").hardLink("b", "a"), "in a circle", "remove");
        assertRefused(new TarWriter().file("f", "").symbolicLink("a", "a/a"), "in a circle", "remove");
    }

    @Test
    void linksThatNameEachOtherManyTimesAreNotFollowedForEver() {
        TarWriter archive = new TarWriter().file("f/x", "");
        for (int link = 0; link < 39; link++) {
            archive.symbolicLink("l" + link, "l%1$d/../l%1$d".formatted(link + 1));
        }
        assertRefused(archive.symbolicLink("l39", "f"), "in a circle", "remove");
    }

    @Test
    void refusesAHardLinkToAFolder() {
        assertRefused(new TarWriter().file("a/b", "").hardLink("link", "a"), "as no hard link can", "again");
    }

    @Test
    void refusesATargetThatNobodyMeans() {
        assertRefused(
                new TarWriter()
                        .file("f", "")
                        .pax('x', "linkpath=" + "a/".repeat(3000))
                        .symbolicLink("link", "x"),
                "a target of 6000 characters",
                "put the file in its place");
    }

    @Test
    void refusesLinksByWhichATreeHasNoEnd() {
        // 2 links a level: 2 to the 20th ways down, and not one file.
        TarWriter archive = new TarWriter().file("f", "");
        for (int level = 0; level < 20; level++) {
            archive.symbolicLink("level-" + level + "/a", "../level-" + (level + 1));
            archive.symbolicLink("level-" + level + "/b", "../level-" + (level + 1));
        }
        assertRefused(archive.folder("level-20/"), "more than 10000 files", "put a tree into");
    }

    @Test
    void refusesLinksByWhichNamesDifferOnlyInCase() {
        assertRefused(
                new TarWriter().file("linux", "").symbolicLink("Linux", "linux"),
                "which differ only in case",
                "rename");
    }

    private static RecordingIntake read(TarWriter archive) throws IOException {
        return RecordingIntake.of(TarSource.of("boot.tar", new ByteArrayInputStream(archive.ended())));
    }

    private static void assertRefused(TarWriter archive, String... parts) {
        String message = assertThrows(IOException.class, () -> read(archive)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertTrue(message.startsWith("boot.tar"), message);
    }
}
