package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntryReaderTest {

    static final String ENTRY = """
            entries:
              rescue:
                title: Rescue
                architecture: amd64
                base: https://files.example
                checksums: r/SHA256SUMS
                trust: { signature: r/SHA256SUMS.gpg }
                keyring: our.gpg
                package: our-keyring
                fingerprints: [ "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567" ]
                files:
                  - { file: boot/vmlinuz, path: linux, role: kernel }
                  - { file: initrd.img }
                arguments: quiet
                verified: false
            """;

    @Test
    void everythingIsRead() throws RefusedFileException {
        CatalogEntry entry = read(ENTRY).get(0);
        assertEquals("rescue", entry.name());
        assertEquals("Rescue", entry.title());
        assertEquals("amd64", entry.architecture());
        assertEquals("https://files.example/", entry.base().toString());
        assertEquals(
                new Trust.Detached(
                        "r/SHA256SUMS.gpg",
                        new Trust.Keys(
                                "our.gpg",
                                Optional.of("our-keyring"),
                                Set.of("0123456789ABCDEF0123456789ABCDEF01234567"))),
                entry.trust());
        assertEquals(
                List.of(
                        new CatalogFile("boot/vmlinuz", "linux", Optional.of("kernel")),
                        new CatalogFile("initrd.img", "initrd.img", Optional.empty())),
                entry.files());
        assertEquals(Optional.of("quiet"), entry.arguments());
        assertEquals(false, entry.isVerified());
        assertEquals(
                "https://files.example/r/boot/vmlinuz",
                entry.at(entry.files().get(0)).toString());
    }

    @Test
    void eachKindOfTrustIsRead() throws RefusedFileException {
        Trust.Keys keys = new Trust.Keys("our.gpg", Optional.empty(), Set.of());
        assertEquals(new Trust.ClearSigned(keys), trusting("clear-signed"));
        assertEquals(
                new Trust.Release("r/InRelease", Optional.empty(), "stable", false, keys),
                trusting("{ release: r/InRelease, suite: stable }"));
        assertEquals(
                new Trust.Release("Release", Optional.of("Release.gpg"), "x", true, keys),
                trusting("{ release: Release, signature: Release.gpg, suite: x, outdated: true }"));
        String none = ENTRY.replaceAll("(?m)^    (keyring|package|fingerprints).*\n", "")
                .replaceAll("trust: .*", "trust: none");
        assertEquals(new Trust.None(), read(none).get(0).trust());
    }

    @Test
    void commentsAloneAreNoEntries() throws RefusedFileException {
        assertEquals(List.of(), read("# nothing\n"));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments(
                        "title: Rescue",
                        "titel: Rescue",
                        "a.yaml:3: unknown key 'titel'; expected one of architecture"),
                arguments("title: Rescue", "title:", "a.yaml:3: expected a title, not nothing"),
                arguments("title: Rescue", "title: " + "x".repeat(101), "a.yaml:3: a title of 101 characters"),
                arguments("title: Rescue", "title: [ a ]", "a.yaml:3: expected a title, not a list"),
                arguments("title: Rescue\n", "title: a\n    title: b\n", "a.yaml:4: 'title' is here twice"),
                arguments("    arch", "\tarch", "a.yaml:4: a tab; indent with blanks"),
                arguments("https://files.example", "ftp://files.example", "a.yaml:5: expected an address that begins"),
                arguments("https://files.example", "https://files.example//x", "a.yaml:5: expected an address that"),
                arguments("https://files.example", "https://files.example/../x", "a.yaml:5: expected an address that"),
                arguments("https://files.example", "https://files.example/x?y", "a.yaml:5: expected an address that"),
                arguments("https://files.example", "https://u:p@files.example", "a.yaml:5: expected an address that"),
                arguments("r/SHA256SUMS\n", "../SHA256SUMS\n", "a.yaml:6: expected the path of a file with SHA-256"),
                arguments("r/SHA256SUMS\n", "/r/SHA256SUMS\n", "a.yaml:6: expected the path of a file with SHA-256"),
                arguments("r/SHA256SUMS\n", "http://x/y\n", "a.yaml:6: expected the path of a file with SHA-256"),
                arguments("r/SHA256SUMS\n", "r/%2e%2e\n", "a.yaml:6: expected the path of a file with SHA-256"),
                arguments("{ signature: r/SHA256SUMS.gpg }", "maybe", "a.yaml:7: expected release, signature, clear"),
                arguments("{ signature: r/SHA256SUMS.gpg }", "{}", "a.yaml:7: expected release and suite, or a sig"),
                arguments("{ signature: r/SHA256SUMS.gpg }", "none", "a.yaml:8: 'keyring' is of no use where trust is"),
                arguments(
                        "signature: r/SHA256SUMS.gpg", "release: s/R, suite: x", "a.yaml:6: expected a path below s/"),
                arguments("signature: r/SHA256SUMS.gpg", "release: r/Release", "a.yaml:7: 'suite' is missing"),
                arguments("our.gpg", "keys/our.gpg", "a.yaml:8: expected an absolute path, or a name in one of"),
                arguments("0123 4567 89AB", "0123 4567", "a.yaml:10: expected fingerprints of 40 or 64 hexadecimal"),
                arguments("path: linux", "path: a/../b", "a.yaml:12: image path 'a/../b'; expected no empty"),
                arguments("path: linux", "path: initrd.img", "a.yaml:13: path 'initrd.img' is here twice"),
                arguments("role: kernel", "role: core", "a.yaml:12: expected one of initrd, iso, kernel, nbp, other"),
                arguments("verified: false", "verified: maybe", "a.yaml:15: expected true or false, not 'maybe'"),
                arguments("verified: false", "", "a.yaml:3: 'verified' is missing"),
                arguments("  rescue:", "  Rescue:", "a.yaml:3: name 'Rescue'; expected lower-case letters"),
                arguments("entries:", "entrys:", "a.yaml:2: unknown key 'entrys'; expected one of entries"),
                arguments("title: Rescue", "title: !!java.io.File x", "a.yaml:3: tag "),
                arguments("title: Rescue", "title: &t x", "a.yaml:4: an alias; write out what it stands for"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsWrongIsNamedWithItsLine(String good, String bad, String expected) {
        String text = ENTRY.replace(good, bad);
        if (bad.contains("&t")) {
            text = text.replace("amd64", "*t");
        }
        String problem = refused(text.getBytes(UTF_8));
        assertTrue(problem.startsWith(expected), problem);
    }

    @Test
    void nothingSignedNeedsHttps() {
        String none = ENTRY.replaceAll("(?m)^    (keyring|package|fingerprints).*\n", "")
                .replaceAll("trust: .*", "trust: none")
                .replace("https://", "http://");
        assertEquals("a.yaml:5: expected an address of https, since nothing is signed", refused(none.getBytes(UTF_8)));
    }

    @Test
    void bombsAreRefused() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(0, 12)
                        .mapToObj(i -> (char) ('b' + i) + ": &" + (char) ('b' + i) + " ["
                                + ("*" + (char) ('a' + i) + ", ").repeat(8) + "*" + (char) ('a' + i) + "]")
                        .collect(Collectors.joining("\n"));
        assertTrue(refused(bomb.getBytes(UTF_8)).startsWith("a.yaml:2: an alias; write out"));
        assertEquals(
                "a.yaml:1: nested more than 12 deep",
                refused("[".repeat(500_000).getBytes(UTF_8)));
        assertTrue(refused(("[" + "a,".repeat(60_000) + "]").getBytes(UTF_8)).contains("more than 50000 values"));
        assertTrue(refused("x".repeat(YamlValue.LARGEST + 1).getBytes(UTF_8)).contains("larger than 1 MiB"));
        assertTrue(refused(("x".repeat(1_000_000) + ": 1").getBytes(UTF_8)).length() < 350);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertEquals(
                "a.yaml: not UTF-8 text; save the file in UTF-8",
                refused("# \u00e4".getBytes(StandardCharsets.ISO_8859_1)));
        assertTrue(refused("a: \u0001".getBytes(UTF_8)).startsWith("a.yaml: "));
    }

    private static Trust trusting(String trust) throws RefusedFileException {
        String text =
                ENTRY.replaceAll("(?m)^    (package|fingerprints).*\n", "").replaceAll("trust: .*", "trust: " + trust);
        return read(text).get(0).trust();
    }

    private static List<CatalogEntry> read(String text) throws RefusedFileException {
        return EntryReader.read("a.yaml", text.getBytes(UTF_8));
    }

    private static String refused(byte[] bytes) {
        return assertThrows(RefusedFileException.class, () -> EntryReader.read("a.yaml", bytes))
                .problem()
                .toString();
    }
}
