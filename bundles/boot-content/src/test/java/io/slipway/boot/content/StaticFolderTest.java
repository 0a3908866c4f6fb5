package io.slipway.boot.content;

import static io.slipway.boot.content.Fakes.request;
import static io.slipway.boot.content.Fakes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticFolderTest {

    @TempDir
    private Path outside;

    private Path folder;
    private StaticFolder source;

    @BeforeEach
    void fill() throws Exception {
        folder = Files.createDirectories(outside.resolve("tftp"));
        Files.createDirectories(folder.resolve("Boot/Fonts"));
        Files.writeString(folder.resolve("pxelinux.0"), "program");
        Files.writeString(folder.resolve("Boot/Fonts/wgl4_boot.TTF"), "font");
        Files.writeString(outside.resolve("secret"), "secret");
        source = new StaticFolder(folder);
    }

    @Test
    void filesAreServedAsTheyAre() throws Exception {
        assertEquals("program", find("/pxelinux.0").orElseThrow());
        assertEquals("font", find("/Boot/Fonts/wgl4_boot.TTF").orElseThrow());
    }

    @Test
    void letterCaseIsForgiven() throws Exception {
        assertEquals("font", find("/boot/fonts/WGL4_Boot.ttf").orElseThrow());
        Files.writeString(folder.resolve("PXELINUX.0"), "other");
        assertEquals("program", find("/pxelinux.0").orElseThrow());
        assertEquals("other", find("/PXELINUX.0").orElseThrow());
    }

    @Test
    void onlyRegularFilesAreFiles() throws Exception {
        for (String path : List.of("/none", "/Boot", "/Boot/Fonts/none", "/pxelinux.0/x", "/none/x")) {
            assertEquals(Optional.empty(), find(path), path);
        }
    }

    @Test
    void linksInsideAreFollowedAndLinksOutAreNot() throws Exception {
        Files.createSymbolicLink(folder.resolve("inside"), Path.of("pxelinux.0"));
        Files.createSymbolicLink(folder.resolve("out"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("up"), outside);
        Files.createSymbolicLink(folder.resolve("nowhere"), outside.resolve("none"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertEquals("program", find("/inside").orElseThrow());
        for (String path : List.of("/out", "/OUT", "/up/secret", "/UP/SECRET", "/nowhere", "/NOWHERE", "/loop")) {
            assertEquals(Optional.empty(), find(path), path);
        }
    }

    @Test
    void theFolderItselfMayBeALink() throws Exception {
        Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
        source = new StaticFolder(link);
        assertEquals("program", find("/pxelinux.0").orElseThrow());
    }

    @Test
    void anAbsentFolderIsNoticedWhenItAppears() throws Exception {
        Path later = outside.resolve("later");
        source = new StaticFolder(later);
        assertEquals(Optional.empty(), find("/file"));
        Files.createDirectories(later);
        Files.writeString(later.resolve("file"), "here");
        assertEquals("here", find("/file").orElseThrow());
    }

    @Test
    void aFileThatIsServedHasItsTypeAndTime() throws Exception {
        Files.writeString(folder.resolve("shell.EFI"), "efi");
        BootFile file = source.find(request("/shell.efi", Optional.empty())).orElseThrow();
        assertEquals("application/efi", file.mediaType());
        assertTrue(file.modified().isPresent());
    }

    private Optional<String> find(String path) throws Exception {
        Optional<BootFile> file = source.find(request(path, Optional.empty()));
        return file.isPresent() ? Optional.of(text(file.get())) : Optional.empty();
    }
}
