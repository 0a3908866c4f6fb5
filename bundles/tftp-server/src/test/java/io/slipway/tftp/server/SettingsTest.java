package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void theDefaults() {
        assertEquals(
                new Settings(
                        2000,
                        32,
                        10000,
                        65464,
                        64,
                        Duration.ofSeconds(1),
                        5,
                        false,
                        4,
                        500,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Optional.empty()),
                Settings.of(config(Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "maximumTransfers, 0, 1 to 1000000",
        "maximumTransfers, many, 1 to 1000000",
        "maximumTransfersPerClient, 0, 1 to 1000000",
        "maximumBlockSize, auto, '8 to 65464, or 0 for no limit'",
        "maximumBlockSize, 7, '8 to 65464, or 0 for no limit'",
        "maximumBlockSize, 65465, '8 to 65464, or 0 for no limit'",
        "maximumWaiting, -1, 0 to 1000000",
        "singlePort, yes, true or false",
        "maximumWindowSize, 0, 1 to 65535",
        "timeout, 1s, 10 to 255000",
        "timeout, '', 10 to 255000",
        "timeout, 0, 10 to 255000",
        "retries, -1, 0 to 100",
        "lookupThreads, 0, 1 to 256",
        "lookupQueue, 0, 1 to 1000000",
        "lookupDeadline, 0, 10 to 600000",
        "drainTime, 2s, 0 to 60000",
        "drainTime, 60001, 0 to 60000",
        "uploads, uploads, 'the absolute path of a folder, or nothing'",
        "uploads, /, 'the absolute path of a folder, or nothing'",
        "uploadsFrom, anybody, 'known, addresses and subnets, such as known, 10.1.0.0/16'",
        "uploadsFrom, 10.1.0.0/33, 'known, addresses and subnets, such as known, 10.1.0.0/16'",
        "maximumUploadSize, 0, 'bytes, such as 64M or 1G'",
        "maximumUploadSpace, 1T, 'bytes, such as 64M or 1G'",
        "maximumUploads, 0, 1 to 1000"
    })
    void aBrokenValueNamesKeyValueAndRange(String key, String value, String range) {
        TftpServer.Config config = config(Map.of(key, value));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new TftpServer(config));
        assertEquals(
                "etc/io.slipway.tftp.server.cfg: " + key + " = " + value + "; expected " + range, refused.getMessage());
    }

    /** The annotation's defaults, but for the values given. */
    static TftpServer.Config config(Map<String, String> values) {
        return (TftpServer.Config) Proxy.newProxyInstance(
                TftpServer.Config.class.getClassLoader(),
                new Class<?>[] {TftpServer.Config.class},
                (proxy, method, arguments) ->
                        values.containsKey(method.getName()) ? values.get(method.getName()) : method.getDefaultValue());
    }
}
