package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {

    @TempDir
    Path folder;

    /** What the listener was told, one line each. */
    private final List<String> told = new ArrayList<>();

    private final class Notes implements WatchedFolder.Listener {
        @Override
        public void changed(List<SourceFile> files) {
            told.add("changed "
                    + files.stream()
                            .map(f -> f.name() + "=" + new String(f.bytes(), StandardCharsets.UTF_8))
                            .toList());
        }

        @Override
        public void refused(List<Problem> problems, List<SourceFile> files) {
            told.add("refused " + problems);
        }

        @Override
        public void lost(String why) {
            told.add("lost " + why);
        }

        @Override
        public void found() {
            told.add("found");
        }
    }

    private WatchedFolder watch() {
        return new WatchedFolder(folder, new Notes());
    }

    private void look(WatchedFolder watched, int times) {
        for (int i = 0; i < times; i++) {
            watched.look();
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void takesAFileWhenItHasNotChangedFromOneLookToTheNext() throws IOException {
        WatchedFolder watched = watch();
        look(watched, 2);
        assertEquals(List.of("changed []"), told);
        write("a.yaml", "half");
        look(watched, 1);
        write("a.yaml", "half and half");
        look(watched, 1);
        write("b.yml", "1");
        look(watched, 1);
        assertEquals(1, told.size(), told::toString);
        look(watched, 5);
        assertEquals(List.of("changed []", "changed [a.yaml=half and half, b.yml=1]"), told);
        Files.delete(folder.resolve("a.yaml"));
        look(watched, 3);
        assertEquals("changed [b.yml=1]", told.get(2));
    }

    @Test
    void aRenamedFileOfTheSameSizeAndTimeIsAnotherFile() throws IOException {
        Path file = write("a.yaml", "one");
        FileTime time = Files.getLastModifiedTime(file);
        WatchedFolder watched = watch();
        look(watched, 2);
        Path next = write("next", "two");
        Files.setLastModifiedTime(next, time);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        look(watched, 2);
        assertEquals(List.of("changed [a.yaml=one]", "changed [a.yaml=two]"), told);
    }

    @Test
    void whatEditorsLeaveIsNotLookedAt() throws IOException {
        for (String name : List.of(".a.yaml.swp", ".a.yaml", "a.yaml~", "#a.yaml#", "#a.yaml", "4913", "a.yaml.bak")) {
            write(name, "x");
        }
        look(watch(), 2);
        assertEquals(List.of("changed []"), told);
    }

    @Test
    void atStartOldFilesAreTakenAtOnceAndFreshOnesAreNot() throws IOException {
        Path file = write("a.yaml", "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        watch().start(Duration.ofSeconds(10));
        assertEquals(List.of(), told);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        watch().start(Duration.ofSeconds(10));
        assertEquals(List.of("changed [a.yaml=x]"), told);
    }

    @Test
    void aLostFolderIsToldOnceAndFoundAgain() throws IOException {
        Path file = write("a.yaml", "x");
        WatchedFolder watched = watch();
        look(watched, 3);
        Files.delete(file);
        Files.delete(folder);
        look(watched, 3);
        Files.createDirectory(folder);
        write("a.yaml", "y");
        look(watched, 3);
        assertEquals(List.of("changed [a.yaml=x]", "lost it does not exist", "found", "changed [a.yaml=y]"), told);
    }

    @Test
    void aFileInPlaceOfTheFolderIsToldSo() throws IOException {
        new WatchedFolder(write("file", "x"), new Notes()).look();
        assertEquals(List.of("lost it is not a folder"), told);
    }

    @Test
    void linksFoldersAndHugeFilesAreRefusedOnceEach() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.yaml"), write("elsewhere", "x"));
        Files.createDirectory(folder.resolve("sub.yaml"));
        Files.write(folder.resolve("huge.yaml"), new byte[SourceFile.MAX_BYTES + 1]);
        look(watch(), 4);
        assertEquals(
                List.of("refused [huge.yaml: larger than 1 MiB; spread it over several files, "
                        + "link.yaml: a symbolic link; put the file itself here, "
                        + "sub.yaml: not a regular file; put the file itself here]"),
                told);
    }

    @Test
    void manyLargeFilesAreRefused() throws IOException {
        for (int i = 0; i < 33; i++) {
            Files.write(folder.resolve("f%02d.yaml".formatted(i)), new byte[SourceFile.MAX_BYTES]);
        }
        look(watch(), 2);
        assertEquals(List.of("refused [f32.yaml: the files up to this one are larger than 32 MiB together]"), told);
    }

    @Test
    void anUnreadableFileIsRefused() throws IOException {
        // Root reads everything: so the listing says it, not the file system.
        FolderListing.Item seen =
                FolderListing.of(write("a.yaml", "x").getParent()).items().get(0);
        FolderListing.Item locked =
                new FolderListing.Item(seen.name(), seen.kind(), seen.size(), seen.modified(), false, seen.key());
        assertEquals(
                "[a.yaml: permission denied; make it readable for the user that runs the server]",
                FolderReader.read(folder, new FolderListing(List.of(locked)))
                        .problems()
                        .toString());
    }
}
