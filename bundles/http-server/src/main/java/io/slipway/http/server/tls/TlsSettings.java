package io.slipway.http.server.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the operator has configured, checked.
 *
 * @param files none: nothing is served
 */
record TlsSettings(List<Files> files) {

    /** A value of the configuration, and the file that it names. */
    record Named(String key, String value, Path path) {

        IllegalArgumentException refused(String expected) {
            return TlsSettings.refused(key, value, expected);
        }
    }

    /** A certificate with those that vouch for it, and its private key, which may be in the same file. */
    record Files(Named certificate, Named key) {}

    TlsSettings {
        files = List.copyOf(files);
    }

    /** @param etc what relative paths are relative to */
    static TlsSettings of(HttpsServer.Config config, Path etc) {
        List<Named> certificates = named("certificates", config.certificates(), etc);
        List<Named> keys = named("keys", config.keys(), etc);
        if (keys.isEmpty()) {
            keys = certificates;
        }
        if (keys.size() != certificates.size()) {
            throw refused(
                    "keys",
                    String.join(", ", config.keys()),
                    "as many files as certificates names (" + certificates.size() + "), in the same order");
        }
        List<Files> files = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            files.add(new Files(certificates.get(i), keys.get(i)));
        }
        return new TlsSettings(files);
    }

    private static List<Named> named(String key, String[] values, Path etc) {
        return Arrays.stream(values)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> new Named(key, value, etc.resolve(value)))
                .toList();
    }

    private static IllegalArgumentException refused(String key, String value, String expected) {
        return new IllegalArgumentException(
                "etc/" + HttpsServer.PID + ".cfg: " + key + " = " + value + "; expected " + expected);
    }
}
