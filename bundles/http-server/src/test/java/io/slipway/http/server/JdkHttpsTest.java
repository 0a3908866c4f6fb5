package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.ssl.SslProvider;
import io.slipway.http.server.tls.TestCertificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkHttpsTest extends HttpsContract {

    JdkHttpsTest() {
        super(SslProvider.JDK, TestCertificate.rsa(), TestCertificate.ec());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA",
        "TLSv1.2, TLS_RSA_WITH_AES_128_CBC_SHA, RSA",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC",
        "TLSv1.3, TLS_AES_128_GCM_SHA256, EC"
    })
    void aClientIsShownTheCertificateOfItsCiphers(String version, String cipher, String algorithm) throws Exception {
        try (RawClient client = connect(version, cipher)) {
            assertEquals(404, client.get("/none").status());
            assertEquals(
                    algorithm,
                    ((SSLSocket) client.socket)
                            .getSession()
                            .getPeerCertificates()[0]
                            .getPublicKey()
                            .getAlgorithm());
        }
    }
}
