package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.catalog.net.FakeMirror;
import io.slipway.image.catalog.openpgp.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A small archive of Debian's kind on a mirror, and a catalogue that knows it. */
public final class SignedArchive implements AutoCloseable {

    static final String BASE = "https://deb.example/debian";
    static final String IMAGES = "dists/bookworm/main/installer-amd64/current/images/";
    static final byte[] LINUX = "a kernel".getBytes(UTF_8);
    static final byte[] INITRD = "an initrd".repeat(10_000).getBytes(UTF_8);

    private static final String ENTRY = """
            entries:
              debian:
                title: Debian "bookworm"
                architecture: amd64
                base: https://deb.example/debian/
                checksums: dists/bookworm/main/installer-amd64/current/images/SHA256SUMS
                trust: { release: dists/bookworm/InRelease, suite: bookworm }
                keyring: our.gpg
                package: our-keyring
                files:
                  - { file: netboot/linux, path: linux, role: kernel }
                  - { file: netboot/initrd.gz, path: initrd.gz, role: initrd }
                arguments: quiet ---
                verified: true
            """;

    final TestKey key;
    final FakeMirror mirror = new FakeMirror();
    final FakeImageStore store = new FakeImageStore();
    final Path folder;

    /** Everything is as it should be. */
    public SignedArchive(Path folder, TestKey key) throws IOException {
        this.folder = folder;
        this.key = key;
        Files.createDirectories(folder.resolve("catalog"));
        Files.createDirectories(folder.resolve("keyrings"));
        entry(ENTRY);
        keyring(key.certificate());
        mirror.put("d/" + IMAGES + "netboot/linux", LINUX);
        mirror.put("d/" + IMAGES + "netboot/initrd.gz", INITRD);
        checksums(sums());
        release(listing(sums()));
    }

    void entry(String text) throws IOException {
        Files.write(folder.resolve("catalog/own.yaml"), text.getBytes(UTF_8));
    }

    /** The entry, with a part of its text in another's place. */
    void entry(String part, String other) throws IOException {
        entry(ENTRY.replace(part, other));
    }

    void keyring(byte[] keys) throws IOException {
        Files.write(folder.resolve("keyrings/our.gpg"), keys);
    }

    void checksums(String text) {
        mirror.put("d/" + IMAGES + "SHA256SUMS", text.getBytes(UTF_8));
    }

    static String sums() {
        return FakeImageStore.sha256(LINUX).hex() + "  ./netboot/linux\n"
                + FakeImageStore.sha256(INITRD).hex() + "  ./netboot/initrd.gz\n";
    }

    /** The Release file that lists these checksums. */
    static String listing(String sums) {
        return "Origin: Test\nSuite: stable\nCodename: bookworm\nSHA256:\n "
                + FakeImageStore.sha256(sums.getBytes(UTF_8)).hex() + " " + sums.length()
                + " main/installer-amd64/current/images/SHA256SUMS\n";
    }

    /** Signs it and puts it onto the mirror. */
    void release(String text) {
        mirror.put("d/dists/bookworm/InRelease", key.clearSign(text).getBytes(UTF_8));
    }

    public FakeImageStore store() {
        return store;
    }

    public ImageCatalog catalog() {
        return catalog(BASE + " -> " + mirror.address() + "/d");
    }

    ImageCatalog catalog(String mirrors) {
        Settings settings = Settings.of(
                new SettingsTest.Configured(
                        folder.resolve("catalog").toString(),
                        mirrors,
                        "none",
                        folder.resolve("keyrings").toString(),
                        Long.toString(Duration.ofSeconds(30).toSeconds()),
                        folder.resolve("download").toString()),
                Map.of());
        return new ImageCatalog(store, settings, InstantSource.fixed(TestKey.NOW));
    }

    @Override
    public void close() {
        mirror.close();
    }
}
