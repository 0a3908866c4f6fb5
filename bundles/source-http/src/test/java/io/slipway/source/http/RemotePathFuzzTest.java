package io.slipway.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.slipway.boot.BootRequest;
import java.net.URI;
import java.util.Optional;

/** Whatever is asked for, the URL is below the tree's, and says nothing but a path. */
class RemotePathFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytes(byte[] bytes) {
        String raw = "/mirror/" + new String(bytes, UTF_8);
        Optional<RemotePath> path = BootRequest.normalise(raw).flatMap(normal -> RemotePath.below("/mirror", normal));
        if (path.isEmpty()) {
            return;
        }
        URI uri = URI.create("http://host/tree/" + path.get().escaped());
        assertEquals("host", uri.getHost());
        assertNull(uri.getRawQuery());
        assertNull(uri.getRawFragment());
        assertEquals(uri, uri.normalize());
        assertTrue(uri.getRawPath().startsWith("/tree/"), uri::toString);
    }
}
