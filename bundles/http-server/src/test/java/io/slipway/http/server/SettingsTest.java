package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void theDefaults() {
        assertEquals(
                new Settings(
                        4096,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        4,
                        500,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2)),
                Settings.of(config(Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "maximumConnections, 0, 1 to 1000000",
        "idleTimeout, 9, 10 to 3600000",
        "headerTimeout, 600001, 10 to 600000",
        "sendTimeout, -1, 10 to 3600000",
        "lookupThreads, 0, 1 to 256",
        "lookupQueue, 0, 1 to 1000000",
        "lookupQueue, many, 1 to 1000000",
        "lookupDeadline, 0, 10 to 600000",
        "drainTime, 2s, 0 to 60000",
        "drainTime, 60001, 0 to 60000"
    })
    void aBrokenValueNamesKeyValueAndRange(String key, String value, String range) {
        HttpServer.Config config = config(Map.of(key, value));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new HttpServer(config));
        assertEquals(
                "etc/io.slipway.http.server.cfg: " + key + " = " + value + "; expected " + range, refused.getMessage());
    }

    /** The annotation's defaults, but for the values given. */
    private static HttpServer.Config config(Map<String, String> values) {
        return (HttpServer.Config) Proxy.newProxyInstance(
                HttpServer.Config.class.getClassLoader(),
                new Class<?>[] {HttpServer.Config.class},
                (proxy, method, arguments) ->
                        values.containsKey(method.getName()) ? values.get(method.getName()) : method.getDefaultValue());
    }
}
