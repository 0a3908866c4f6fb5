package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told who we are, and who is not. */
class TokensTest {

    private static final byte[] KERNEL = "kernel".getBytes(UTF_8);

    @TempDir
    private Path folder;

    private Fixture fixture;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder).as("slipway");
        registry = fixture.registry;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void wantsTokens() {
        wantsTokens(registry.origin() + "/token");
    }

    private void wantsTokens(String realm) {
        registry.login = Optional.of(FakeLogin.bearer("slipway", Fixture.PASSWORD, realm));
    }

    private String failure() {
        String message = assertThrows(IOException.class, () -> fixture.backend().blob(TestManifests.digest(KERNEL)))
                .getMessage();
        assertFalse(message.contains(Fixture.PASSWORD), message);
        return message;
    }

    @Test
    void aPasswordIsSentWhenItIsWantedAndFromThenOnAtOnce() throws IOException {
        registry.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
        fixture.look();
        Pushes.store(fixture.backend(), "kernel");
        assertTrue(registry.requests.get(0).authorization().isEmpty());
        assertEquals(
                1,
                registry.requests.stream()
                        .filter(seen -> seen.authorization().isEmpty())
                        .count());
    }

    @Test
    void oneTokenServesUntilItsEndIsNear() throws IOException {
        wantsTokens();
        Digest digest = Pushes.store(fixture.backend(), "kernel").digest();
        long before = registry.count("GET /token.*");
        fixture.backend().blob(digest);
        fixture.backend().blob(digest);
        assertEquals(before, registry.count("GET /token.*"));
        fixture.clock.addAndGet(295_000_000_000L);
        fixture.backend().blob(digest);
        assertEquals(before + 1, registry.count("GET /token.*"));
    }

    @Test
    void aTokenIsAskedForWithServiceAndScope() throws IOException {
        wantsTokens();
        Pushes.store(fixture.backend(), "kernel");
        assertEquals(
                2,
                registry.count("GET /token\\?service=fake&scope=repository%3Ablobs%3Apull%2Cpush"),
                "one to look, and one to push: " + registry.lines());
    }

    @Test
    void whatTheChallengeDoesNotSayIsAskedForAllTheSame() throws IOException {
        registry.rule(
                "HEAD .*",
                1,
                FakeReplies.status(401, "WWW-Authenticate", "Bearer realm=\"" + registry.origin() + "/token?a=b\""));
        registry.rule("GET /token.*", FakeReplies.text(200, "{\"access_token\":\"abc\"}"));
        registry.put("blobs", KERNEL);
        assertArrayEquals(KERNEL, Pushes.read(fixture.backend(), TestManifests.digest(KERNEL)));
        assertEquals(1, registry.count("GET /token\\?a=b&scope=repository%3Ablobs%3Apull"), registry.lines()::toString);
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnce() throws IOException {
        wantsTokens();
        Digest digest = Pushes.store(fixture.backend(), "kernel").digest();
        registry.login.orElseThrow().forget();
        assertTrue(fixture.backend().blob(digest).isPresent());

        registry.rule(
                "HEAD .*",
                FakeReplies.status(401, "WWW-Authenticate", "Bearer realm=\"" + registry.origin() + "/token\""));
        long before = registry.count("HEAD .*");
        String message = failure();
        assertEquals(before + 2, registry.count("HEAD .*"));
        assertTrue(message.contains("status 401"), message);
        assertTrue(message.contains("it does not know user 'slipway'"), message);
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() {
        registry.login = Optional.of(FakeLogin.basic("slipway", "another"));
        String message = failure();
        assertTrue(message.contains("see user and password in etc/io.slipway.storage.oci-lab.cfg"), message);
        assertTrue(message.contains("status 401"), message);
    }

    @Test
    void aServerOfTokensThatRefusesIsNamed() {
        registry.login = Optional.of(FakeLogin.bearer("slipway", "another", registry.origin() + "/token"));
        String message = failure();
        assertTrue(message.contains("GET " + registry.origin() + "/token: status 401"), message);
        assertFalse(message.contains("scope="), message);
    }

    @Test
    void whoHasNoPasswordIsToldToGiveOne() {
        fixture.login = Optional.empty();
        registry.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
        assertTrue(failure().contains("it wants to know who asks: set user and password in"));
        wantsTokens();
        assertTrue(failure().contains("/token: status 401"));
        assertTrue(
                registry.requests.stream().allMatch(seen -> seen.authorization().isEmpty()));
    }

    @Test
    void aPasswordFileThatIsGoneIsNamed() throws IOException {
        registry.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
        Files.delete(folder.resolve("password"));
        assertTrue(failure().contains("the password file " + folder.resolve("password") + " cannot be read"));
        Files.writeString(folder.resolve("password"), "\n");
        assertTrue(failure().contains("is empty"));
        Files.writeString(folder.resolve("password"), "x".repeat(5000));
        assertTrue(failure().contains("has more than 4096 bytes"));
    }

    @Test
    void noPasswordGoesInTheClearToAnotherHost() throws IOException {
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            wantsTokens("http://localhost:" + elsewhere.port() + "/token");
            String message = failure();
            assertTrue(message.contains("to which a password is not sent"), message);
            assertEquals(0, elsewhere.requests.size());
        }
    }

    @Test
    void noPasswordGoesWhereARequestIsSentOn() throws IOException {
        registry.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            elsewhere.put("store", KERNEL);
            Digest digest = Pushes.store(fixture.backend(), "kernel").digest();
            registry.rule(
                    "GET /v2/blobs/blobs/.*",
                    FakeReplies.status(307, "Location", elsewhere.origin() + "/v2/store/blobs/" + digest + "?sign=me"));
            assertArrayEquals(KERNEL, Pushes.read(fixture.backend(), digest));
            assertEquals(1, elsewhere.requests.size());
            assertTrue(elsewhere.requests.get(0).authorization().isEmpty());
        }
    }

    @Test
    void whoIsElsewhereAndWantsAPasswordGetsNone() throws IOException {
        registry.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            elsewhere.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
            Digest digest = Pushes.store(fixture.backend(), "kernel").digest();
            registry.rule(
                    "GET /v2/blobs/blobs/.*",
                    FakeReplies.status(307, "Location", elsewhere.origin() + "/v2/store/blobs/" + digest + "?sign=me"));
            String message = assertThrows(
                            IOException.class,
                            () -> fixture.backend().blob(digest).orElseThrow().open())
                    .getMessage();
            assertTrue(message.contains(elsewhere.origin() + "/v2/store/blobs/"), message);
            assertFalse(message.contains("sign=me"), message);
            assertTrue(elsewhere.requests.stream()
                    .allMatch(seen -> seen.authorization().isEmpty()));
        }
    }

    @Test
    void aMirrorGetsNoPassword() throws IOException {
        try (FakeRegistry mirror = new FakeRegistry()) {
            fixture.mirrors = List.of(mirror.origin());
            mirror.login = Optional.of(FakeLogin.basic("slipway", Fixture.PASSWORD));
            registry.rule(".*", FakeReplies.nothing());
            failure();
            assertTrue(mirror.requests.size() > 0);
            assertTrue(mirror.requests.stream()
                    .allMatch(seen -> seen.authorization().isEmpty()));
        }
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String answer : new String[] {"", "[]", "{}", "{\"token\":\"a\\nb\"}", "{\"token\":\"\"}", "<html>"}) {
            registry.rule("GET /token.*", 1, FakeReplies.text(200, answer));
            wantsTokens();
            String message = failure();
            assertTrue(message.contains("see the server that the registry names for tokens"), message);
            assertEquals(1, message.lines().count(), message);
        }
    }

    @Test
    void aRealmThatIsNoAddressIsRefused() {
        for (String realm : new String[] {"", "token", "ftp://registry/token", "http://a b/token", "http:///x"}) {
            wantsTokens(realm.isEmpty() ? " " : realm);
            String message = failure();
            assertTrue(message.contains("realm") || message.contains("no server of tokens"), message);
        }
    }
}
