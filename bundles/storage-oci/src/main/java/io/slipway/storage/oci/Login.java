package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;

/**
 * Who this server is to a registry.
 *
 * @param user without a colon (RFC 7617 section 2)
 */
record Login(String user, Secret password) {

    /** The value of {@code Authorization} (RFC 7617). It holds the password. */
    String basic() throws IOException {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password.read()).getBytes(UTF_8));
    }
}
