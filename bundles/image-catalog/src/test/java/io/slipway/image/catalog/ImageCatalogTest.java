package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.catalog.openpgp.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the catalogue to the store. Whatever is refused has not touched the store. */
class ImageCatalogTest {

    private static final ImageRef REF = ImageRef.parse("debian:current");
    private static final String SUMS = SignedArchive.IMAGES + "SHA256SUMS";
    private static final AddProgress SILENT = new AddProgress() {
        @Override
        public void fetching(String path, long done, long size) {}

        @Override
        public void storing(String path, long done, long size) {}
    };

    private static TestKey key;
    private static TestKey stranger;

    @TempDir
    private Path folder;

    private SignedArchive archive;

    @BeforeAll
    static void makeKeys() {
        key = TestKey.good();
        stranger = TestKey.good();
    }

    @BeforeEach
    void start() throws IOException {
        archive = new SignedArchive(folder, key);
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    @Test
    void anImageIsFetchedVerifiedAndTagged() throws Exception {
        List<String> told = new ArrayList<>();
        Added added = archive.catalog().add("debian", Optional.of(REF), new AddProgress() {
            @Override
            public void fetching(String path, long done, long size) {
                told.add("fetching " + path + " " + done);
            }

            @Override
            public void storing(String path, long done, long size) {
                told.add("storing " + path + " " + done);
            }
        });
        Image image = archive.store.find(REF).orElseThrow();
        assertEquals(image, added.image());
        assertTrue(added.isNew());
        assertEquals(
                List.of(
                        new ImageFile(
                                "linux",
                                ImageFile.KERNEL,
                                FakeImageStore.sha256(SignedArchive.LINUX),
                                SignedArchive.LINUX.length),
                        new ImageFile(
                                "initrd.gz",
                                ImageFile.INITRD,
                                FakeImageStore.sha256(SignedArchive.INITRD),
                                SignedArchive.INITRD.length)),
                image.files());
        assertEquals(Instant.parse("2026-07-11T10:16:37Z"), image.created());
        String why = "signature of dists/bookworm/InRelease by the OpenPGP key " + key.fingerprint() + "; checksums of "
                + SUMS + " and of every file";
        assertEquals(
                Map.of(
                        Image.DESCRIPTION,
                        "Debian \"bookworm\"",
                        Image.ARGUMENTS,
                        "quiet ---",
                        "io.slipway.catalog",
                        "debian",
                        "io.slipway.verified",
                        why,
                        "org.opencontainers.image.source",
                        SignedArchive.BASE + "/" + SUMS),
                image.annotations());
        assertEquals(why, added.verified());
        assertTrue(told.contains("fetching initrd.gz " + SignedArchive.INITRD.length), told::toString);
        assertTrue(told.contains("storing linux " + SignedArchive.LINUX.length), told::toString);
        try (Stream<Path> left = Files.list(folder.resolve("download"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void itIsCalledAsTheEntryIs() throws Exception {
        assertEquals(
                ImageRef.parse("debian"),
                archive.catalog().add("debian", Optional.empty(), SILENT).ref());
    }

    @Test
    void whatIsHereIsNotFetchedAgain() throws Exception {
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        int asked = archive.mirror.asked().size();
        Added again = archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertFalse(again.isNew());
        assertEquals(asked + 2, archive.mirror.asked().size(), "InRelease and SHA256SUMS");
        assertEquals(1, archive.store.imports());
    }

    @Test
    void theListTellsWhatIsHere() throws Exception {
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        Files.write(folder.resolve("catalog/broken.yaml"), "entries: 1".getBytes(UTF_8));
        ImageCatalog.Listing listing = archive.catalog().list();
        List<ImageRef> here = listing.lines().stream()
                .filter(line -> line.entry().name().equals("debian"))
                .findFirst()
                .orElseThrow()
                .here();
        assertEquals(List.of(REF), here);
        assertEquals(5, listing.lines().size());
        assertEquals(
                "broken.yaml:1: expected a mapping of names to entries, not the text '1'",
                listing.problems().get(0).toString());
        assertTrue(archive.catalog().names().contains("debian"));
    }

    @Test
    void whatIsNotInTheCatalogueIsRefused() throws IOException {
        Files.write(folder.resolve("catalog/broken.yaml"), "entries: 1".getBytes(UTF_8));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> archive.catalog().add("debain", Optional.empty(), SILENT))
                .getMessage();
        assertTrue(message.startsWith("there is no ready image debain; image:catalog shows"), message);
        assertTrue(message.contains("it may be in a file that is refused: broken.yaml:1: "), message);
    }

    @Test
    void aSignatureByAStrangerIsRefused() {
        archive.mirror.put(
                "d/dists/bookworm/InRelease",
                stranger.clearSign(SignedArchive.listing(SignedArchive.sums())).getBytes(UTF_8));
        assertRefused("is not of any key in " + folder.resolve("keyrings/our.gpg"));
        assertRefused("; update the package our-keyring, or name another mirror in etc/");
    }

    @Test
    void onlyTheEntrysFingerprintsCount() throws Exception {
        archive.keyring(TestKey.joined(key.certificate(), stranger.certificate()));
        archive.entry("    files:", "    fingerprints: " + stranger.fingerprint() + "\n    files:");
        assertRefused("is not of any key in ");
        archive.entry("    files:", "    fingerprints: [ " + "A".repeat(40) + " ]\n    files:");
        assertRefused("cannot be read: it has none of the keys AAAA");
        archive.entry("    files:", "    fingerprints: " + key.fingerprint() + "\n    files:");
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertEquals(1, archive.store.imports());
    }

    @Test
    void aReleaseThatWasChangedIsRefused() {
        archive.mirror.put(
                "d/dists/bookworm/InRelease",
                key.clearSign(SignedArchive.listing(SignedArchive.sums()))
                        .replace("Origin: Test", "Origin: test")
                        .getBytes(UTF_8));
        assertRefused("does not fit");
    }

    @Test
    void aReleaseOfAnotherSuiteIsRefused() {
        archive.release(SignedArchive.listing(SignedArchive.sums())
                .replace("bookworm", "trixie")
                .replace("stable", "testing"));
        assertRefused("is signed, but of the suite trixie or testing and not of bookworm");
        archive.release("Origin: x\n");
        assertRefused("and not of bookworm");
    }

    @Test
    void aReleaseWhoseTimeIsOverIsRefusedUnlessTheEntrySaysOtherwise() throws Exception {
        String end = "Valid-Until: Sun, 01 Mar 2026 11:59:59 UTC\n";
        archive.release(end + SignedArchive.listing(SignedArchive.sums()));
        assertRefused("was valid until 2026-03-01T11:59:59Z only");
        archive.entry("suite: bookworm", "suite: bookworm, outdated: true");
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertEquals(1, archive.store.imports());
    }

    @Test
    void whatIsSignedButNoReleaseFileIsRefused() {
        archive.release("hello");
        assertRefused("is signed, but no Release file: its line 1 is no field");
        archive.release("Codename: bookworm\n");
        assertRefused("does not list main/installer-amd64/current/images/SHA256SUMS");
    }

    @Test
    void checksumsThatTheReleaseDoesNotListAreRefused() {
        archive.checksums(SignedArchive.sums().replace('a', 'b'));
        assertRefused("is not the file that " + archive.mirror.address() + "/d/dists/bookworm/InRelease lists");
    }

    @Test
    void aFileWithoutAChecksumIsRefused() {
        String sums = SignedArchive.sums().replace("linux", "vmlinuz");
        archive.checksums(sums);
        archive.release(SignedArchive.listing(sums));
        assertRefused("/SHA256SUMS has no checksum of netboot/linux; correct the entry debian");
    }

    @Test
    void aFileWithOtherBytesIsRefused() {
        archive.mirror.put("d/" + SignedArchive.IMAGES + "netboot/initrd.gz", "evil".getBytes(UTF_8));
        assertRefused("/initrd.gz has other bytes than its checksum is of");
    }

    @Test
    void whatIsAbsentIsNamed() throws IOException {
        archive.mirror.remove("d/" + SUMS);
        assertRefused("/SHA256SUMS was answered with status 404");
        archive.mirror.remove("d/dists/bookworm/InRelease");
        assertRefused("/InRelease was answered with status 404");
        Files.delete(folder.resolve("keyrings/our.gpg"));
        assertRefused("keyring our.gpg cannot be read: there is no such file in " + folder.resolve("keyrings")
                + "; install the package our-keyring, or put the public keys into a file of that name");
        archive.entry("keyring: our.gpg\n    package: our-keyring", "keyring: /absent/our.gpg");
        assertRefused("keyring /absent/our.gpg cannot be read: there is no such file; put the public keys");
    }

    @Test
    void aReleaseMayHaveItsSignatureInAFileOfItsOwn() throws Exception {
        byte[] release = SignedArchive.listing(SignedArchive.sums()).getBytes(UTF_8);
        archive.entry(
                "release: dists/bookworm/InRelease",
                "release: dists/bookworm/Release, signature: dists/bookworm/Release.gpg");
        archive.mirror.put("d/dists/bookworm/Release", release);
        archive.mirror.put("d/dists/bookworm/Release.gpg", stranger.sign(release));
        assertRefused("is not of any key in ");
        archive.mirror.put("d/dists/bookworm/Release.gpg", key.sign(release));
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertEquals(1, archive.store.imports());
    }

    @Test
    void checksumsMayBeSignedThemselves() throws Exception {
        byte[] sums = SignedArchive.sums().getBytes(UTF_8);
        archive.entry("release: dists/bookworm/InRelease, suite: bookworm", "signature: SHA256SUMS.gpg");
        archive.mirror.put("d/SHA256SUMS.gpg", key.sign(new byte[1]));
        assertRefused("does not fit");
        archive.mirror.put("d/SHA256SUMS.gpg", key.sign(sums));
        Added added = archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertEquals(
                "signature of " + SUMS + " by the OpenPGP key " + key.fingerprint() + "; checksums of every file",
                added.verified());
    }

    @Test
    void checksumsMayBeClearSigned() throws Exception {
        archive.entry("{ release: dists/bookworm/InRelease, suite: bookworm }", "clear-signed");
        assertRefused("is no clear-signed message");
        archive.checksums(key.clearSign(SignedArchive.sums()));
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertEquals(1, archive.store.imports());
    }

    @Test
    void whatNobodySignsIsNotFetchedInTheClear() throws IOException {
        archive.entry("{ release: dists/bookworm/InRelease, suite: bookworm }", "none");
        String entry = Files.readString(folder.resolve("catalog/own.yaml"));
        archive.entry(entry.replaceAll("(?m)^    (keyring|package).*\n", ""));
        assertRefused("is fetched in the clear and its checksums are not signed");
        assertEquals(List.of(), archive.mirror.asked());
    }

    @Test
    void anInterruptLeavesTheTagAsItWas() throws Exception {
        archive.store.before(() -> Thread.currentThread().interrupt());
        assertThrows(InterruptedException.class, () -> archive.catalog().add("debian", Optional.of(REF), SILENT));
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(Optional.empty(), archive.store.find(REF));
        archive.store.before(() -> {});
        int asked = archive.mirror.asked().size();
        archive.catalog().add("debian", Optional.of(REF), SILENT);
        assertEquals(asked + 2, archive.mirror.asked().size(), "what was fetched is used");
    }

    @Test
    void aFileThatChangesOnTheDiskIsNotTagged() {
        archive.store.before(() -> {
            try {
                Path file = folder.resolve("download")
                        .resolve(FakeImageStore.sha256(SignedArchive.INITRD).hex() + ".part");
                Files.write(file, "evil".getBytes(UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        String message = assertThrows(
                        IOException.class, () -> archive.catalog().add("debian", Optional.of(REF), SILENT))
                .getMessage();
        assertTrue(message.contains("was changed after it had been verified"), message);
        assertEquals(Optional.empty(), archive.store.find(REF));
    }

    @Test
    void oneImageIsAddedAtATime() throws Exception {
        ImageCatalog catalog = archive.catalog();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Exception> failed = new AtomicReference<>();
        archive.store.before(() -> {
            began.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                failed.set(e);
            }
        });
        Thread first = new Thread(() -> {
            try {
                catalog.add("debian", Optional.of(REF), SILENT);
            } catch (IOException | InterruptedException e) {
                failed.set(e);
            }
        });
        first.start();
        began.await();
        String message = assertThrows(IOException.class, () -> catalog.add("debian", Optional.of(REF), SILENT))
                .getMessage();
        goOn.countDown();
        first.join();
        assertEquals("another image is being added; wait until that is done", message);
        assertEquals(null, failed.get());
        assertEquals(1, archive.store.imports());
    }

    private void assertRefused(String reason) {
        String message = assertThrows(
                        IOException.class, () -> archive.catalog().add("debian", Optional.of(REF), SILENT))
                .getMessage();
        assertTrue(message.contains(reason), message);
        assertEquals(0, archive.store.imports(), "the store was touched");
    }
}
