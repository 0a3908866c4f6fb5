package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a registry, and with how many requests. */
class TagLookTest {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @TempDir
    private Path folder;

    private Fixture fixture;
    private FakeRegistry registry;
    private CapturedLog log;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        registry = fixture.registry;
        log = CapturedLog.begin();
    }

    @AfterEach
    void close() {
        fixture.close();
        log.close();
    }

    private Set<String> seen() throws IOException {
        fixture.look();
        Map<String, Digest> tags = new TreeMap<>();
        fixture.backend().tags().forEach((ref, digest) -> tags.put(ref.toString(), digest));
        return tags.keySet();
    }

    @Test
    void oneRequestEachForTheCatalogueARepositoryAndATag() throws IOException {
        Digest digest = registry.push("lab/debian", "12", "kernel");
        registry.push("ubuntu", "24.04", "kernel");
        registry.push("ubuntu", "26.04", "kernel 7");
        assertEquals(Set.of("lab/debian:12", "ubuntu:24.04", "ubuntu:26.04"), seen());
        assertEquals(digest, fixture.backend().tags().get(ImageRef.parse("lab/debian:12")));
        assertEquals(6, registry.requests.size(), registry.lines()::toString);
        assertEquals(3, registry.count("HEAD .*"));
        assertEquals("", log.warnings());
    }

    @Test
    void readsWhatSomebodyElseHasPushed() throws IOException {
        Digest digest = registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        byte[] manifest = Pushes.read(fixture.backend(), digest);
        assertEquals(digest, TestManifests.digest(manifest));
        registry.requests.clear();
        Digest kernel = TestManifests.digest("kernel".getBytes(UTF_8));
        assertArrayEquals("kernel".getBytes(UTF_8), Pushes.read(fixture.backend(), kernel));
        assertEquals(2, registry.requests.size(), "the manifest says where: " + registry.lines());
    }

    @Test
    void followsEveryPage() throws IOException {
        registry.page = 2;
        for (int i = 10; i < 17; i++) {
            registry.push("image-" + i, "a", "kernel");
            registry.push("image-10", "tag-" + i, "kernel");
        }
        assertEquals(14, seen().size());
        assertEquals(4, registry.count("GET /v2/_catalog.*"));
        assertEquals("", log.warnings());
    }

    @Test
    void aPageThatLeadsElsewhereOrNowhereIsNotFollowed() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        for (String link : new String[] {
            "<http://127.0.0.1:1/v2/_catalog>; rel=next",
            "</v2/_catalog>; rel=next",
            "</admin>; rel=next",
            "<a b>; rel=next"
        }) {
            log.clear();
            registry.rule("GET /v2/_catalog", 1, FakeReplies.text(200, "{\"repositories\":[]}", "Link", link));
            seen();
            fixture.open();
            assertTrue(log.warnings().contains("its next page is at '"), log.warnings());
        }
    }

    @Test
    void pagesWithoutEndEndAtSomeTime() throws IOException {
        int[] next = {0};
        registry.rule("GET /v2/_catalog.*", exchange -> FakeReplies.text(
                        200, "{\"repositories\":[\"a\"]}", "Link", "</v2/_catalog?last=" + next[0]++ + ">; rel=next")
                .to(exchange));
        seen();
        assertEquals(1_000, registry.count("GET /v2/_catalog.*"));
    }

    @Test
    void hashesWhatARegistryDoesNotTellTheDigestOf() throws IOException {
        registry.tellsDigests = false;
        Digest digest = registry.push("ubuntu", "24.04", "kernel");
        assertEquals(Set.of("ubuntu:24.04"), seen());
        assertEquals(digest, fixture.backend().tags().get(ImageRef.parse("ubuntu:24.04")));
    }

    @Test
    void looksIntoWhatARegistryDoesNotTellTheKindOf() throws IOException {
        registry.tellsKinds = false;
        registry.push("ubuntu", "24.04", "kernel");
        registry.put(
                "many",
                "arch",
                INDEX,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[]}").getBytes(UTF_8));
        assertEquals(Set.of("ubuntu:24.04"), seen());
    }

    @Test
    void whatIsNoImageManifestIsPassedOverAndSaidOnce() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        registry.put("many", "arch", INDEX, "{}".getBytes(UTF_8));
        registry.put("docker", "old", "application/vnd.docker.distribution.manifest.v2+json", "{}".getBytes(UTF_8));
        assertEquals(Set.of("ubuntu:24.04"), seen());
        seen();
        assertEquals(
                1,
                log.count("INFO.*many:arch is passed over, as it is no OCI image manifest \\(" + Pattern.quote(INDEX)
                        + "\\)"));
        assertEquals(1, log.count("INFO.*docker:old is passed over.*"));
    }

    @Test
    void anotherKindOfDigestIsPassedOver() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        registry.rule(
                "HEAD .*",
                FakeReplies.status(
                        200,
                        "Content-Type",
                        Manifest.MEDIA_TYPE,
                        "Docker-Content-Digest",
                        "sha512:" + "ab".repeat(64)));
        assertEquals(Set.of(), seen());
    }

    @Test
    void namesThatAreNoneOfOursArePassedOver() throws IOException {
        fixture.prefix = "lab";
        registry.push("lab/ubuntu", "24.04", "kernel");
        registry.push("lab/ubuntu", "bad tag", "kernel");
        registry.push("lab/Upper Case", "a", "kernel");
        registry.push("laboratory", "a", "kernel");
        registry.push("elsewhere", "a", "kernel");
        registry.push("lab/blobs", "a", "kernel");
        assertEquals(Set.of("ubuntu:24.04"), seen());
        assertEquals(1, registry.count("GET /v2/.*/tags/list"));
        assertEquals("", log.warnings());
    }

    @Test
    void onlyTheRepositoriesThatAreWanted() throws IOException {
        registry.push("debian-12", "a", "kernel");
        registry.push("debian-13", "a", "kernel");
        registry.push("windows", "a", "kernel");
        fixture.repositories = List.of("debian-*", "other");
        assertEquals(Set.of("debian-12:a", "debian-13:a"), seen());
        fixture.repositories = List.of("windows", "absent");
        fixture.open();
        registry.requests.clear();
        assertEquals(Set.of("windows:a"), seen());
        assertEquals(0, registry.count("GET /v2/_catalog"), "names need no catalogue");
    }

    @Test
    void aRegistryWithoutACatalogueNeedsNames() throws IOException {
        registry.rule("GET /v2/_catalog", FakeReplies.error(404, "UNSUPPORTED", "no"));
        assertEquals(Set.of(), seen());
        assertTrue(log.warnings().contains("or name the repositories in etc/io.slipway.storage.oci-lab.cfg"));
    }

    @Test
    void aTagThatGoesMeanwhileIsGone() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        registry.push("ubuntu", "26.04", "kernel");
        registry.rule("HEAD .*/24.04", FakeReplies.status(404));
        assertEquals(Set.of("ubuntu:26.04"), seen());
    }

    @Test
    void whatIsWrongWithOneKeepsNoOtherFromBeingSeen() throws IOException {
        registry.push("one", "a", "kernel");
        registry.push("two", "a", "kernel");
        registry.push("two", "b", "kernel");
        seen();
        registry.push("one", "new", "kernel");
        registry.push("three", "a", "kernel");
        registry.rule("GET /v2/one/tags/list", 2, FakeReplies.status(403));
        registry.rule("HEAD /v2/two/manifests/b", 6, FakeReplies.error(500, "UNKNOWN", "disk"));
        assertEquals(Set.of("one:a", "two:a", "two:b", "three:a"), seen());
        seen();
        assertEquals(1, log.count("WARN.*registry lab: one cannot be read, and stays as it was: .*status 403.*"));
        assertEquals(1, log.count("WARN.*registry lab: two:b cannot be read, and stays as it was: .*status 500.*"));
        assertEquals(Set.of("one:a", "one:new", "two:a", "two:b", "three:a"), seen());
        assertEquals(1, log.count("INFO.*registry lab: one can be read again"));
    }

    @Test
    void garbageIsNamed() throws IOException {
        for (String garbage :
                new String[] {"", "[]", "{}", "{\"repositories\":7}", "<html>", "{\"repositories\":[]} x"}) {
            log.clear();
            registry.rule("GET /v2/_catalog", 1, FakeReplies.text(200, garbage));
            fixture.open();
            seen();
            assertEquals(
                    1, log.count("WARN.*/v2/_catalog: .*see whether url in .* is that of an OCI registry"), garbage);
        }
    }

    @Test
    void aPageThatIsTooLargeIsNotRead() throws IOException {
        registry.rule("GET /v2/_catalog", FakeReplies.text(200, "x".repeat((4 << 20) + 1)));
        seen();
        assertTrue(log.warnings().contains("the answer has more than 4194304 bytes"), log.warnings());
    }

    @Test
    void aManifestThatIsNotThatOfItsDigestIsDamaged() throws IOException {
        Digest digest = registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        registry.rule("GET /v2/ubuntu/manifests/.*", FakeReplies.text(200, "{}"));
        String message = assertThrows(IOException.class, () -> fixture.backend().blob(digest))
                .getMessage();
        assertTrue(message.contains("manifest " + digest + " is damaged"), message);
    }

    @Test
    void aManifestOfAnotherKindIsGivenAsItIs() throws IOException {
        byte[] index = "{\"manifests\":[]}".getBytes(UTF_8);
        Digest digest = registry.put("many", "arch", INDEX, index);
        fixture.look();
        assertArrayEquals(index, Pushes.read(fixture.backend(), digest));
    }

    @Test
    void whatATagNamedBeforeIsFoundWithoutIt() throws IOException {
        Digest before = registry.push("ubuntu", "24.04", "kernel");
        registry.push("ubuntu", "24.04", "kernel 7");
        fixture.look();
        assertEquals(Optional.of(before), fixture.backend().blob(before).map(Blob::digest));
    }
}
