package io.slipway.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a secret is: the configuration never holds one itself, and nothing here keeps one. It is looked up whenever it
 * is needed, so that a file which is replaced counts at once.
 *
 * @param reference {@code env:NAME} or {@code file:PATH}
 */
record Secret(String reference) {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST = 4096;

    Secret {
        if (!isReference(reference)) {
            throw new IllegalArgumentException("a secret's reference; expected env:NAME or file:/PATH");
        }
    }

    /**
     * @throws IllegalArgumentException the text is no reference; the message does not repeat it, for it may be the
     * secret
     */
    static Secret of(String place, String key, String text) {
        String reference = text.strip();
        if (!isReference(reference)) {
            throw new IllegalArgumentException(
                    place + ": " + key + " = (not shown); expected env:NAME or file:/PATH, where"
                            + " the secret is: no file in etc/ holds one");
        }
        return new Secret(reference);
    }

    private static boolean isReference(String text) {
        if (text.startsWith(ENVIRONMENT)) {
            return VARIABLE.matcher(text.substring(ENVIRONMENT.length())).matches();
        }
        try {
            return text.startsWith(FILE)
                    && Path.of(text.substring(FILE.length())).isAbsolute();
        } catch (InvalidPathException e) {
            // What cannot be a path is no reference to one.
            return false;
        }
    }

    /** @throws MissingSecretException there is none; names the reference */
    String value() throws MissingSecretException {
        return reference.startsWith(ENVIRONMENT)
                ? ofEnvironment(reference.substring(ENVIRONMENT.length()))
                : ofFile(Path.of(reference.substring(FILE.length())));
    }

    private String ofEnvironment(String name) throws MissingSecretException {
        return Optional.ofNullable(System.getenv(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new MissingSecretException("the environment has no " + name + " (" + reference
                        + "); set it where the server is started, and restart it"));
    }

    private String ofFile(Path file) throws MissingSecretException {
        String value = new String(bytes(file), StandardCharsets.UTF_8).strip();
        if (value.isEmpty() || value.lines().count() > 1) {
            throw new MissingSecretException(
                    reference + " does not have exactly one line; write only the secret to it");
        }
        return value;
    }

    private byte[] bytes(Path file) throws MissingSecretException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length <= LONGEST) {
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new MissingSecretException(reference + " does not exist; write the secret to it", e);
        } catch (IOException e) {
            throw new MissingSecretException(
                    reference + " cannot be read (" + e + "); let the server's user read it", e);
        }
        throw new MissingSecretException(
                reference + " has more than " + LONGEST + " bytes; write only the secret to it");
    }
}
