package io.slipway.http.server.tls;

import java.time.Instant;

/**
 * A certificate that new connections are shown.
 *
 * @param file as the configuration names it
 * @param kind of its key, for example {@code RSA 2048}
 * @param sha256 of the certificate, in hexadecimal digits
 */
public record CertificateInUse(String file, String subject, String kind, Instant expires, String sha256) {}
