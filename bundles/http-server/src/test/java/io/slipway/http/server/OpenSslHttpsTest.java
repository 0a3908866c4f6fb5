package io.slipway.http.server;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.slipway.http.server.tls.TestCertificate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

class OpenSslHttpsTest extends HttpsContract {
    OpenSslHttpsTest() {
        super(SslProvider.OPENSSL, TestCertificate.rsa());
    }

    @BeforeAll
    static void requireNative() {
        Assumptions.assumeTrue(OpenSsl.isAvailable());
    }
}
