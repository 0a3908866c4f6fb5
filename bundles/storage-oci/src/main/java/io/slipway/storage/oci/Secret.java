package io.slipway.storage.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Where a secret is: the configuration refers to it and does not hold it.
 *
 * @param place the name of an environment variable, or the path of a file
 */
record Secret(Kind kind, String place) {

    enum Kind {
        ENV,
        FILE
    }

    private static final String ENV = "env:";
    private static final String FILE = "file:";

    /** Longer is no password, but the wrong file. In bytes. */
    private static final int LONGEST = 4096;

    /**
     * Reads a reference. What is none gives nothing: it may be a secret itself, and must not be repeated.
     *
     * @param etc what relative paths are relative to
     */
    static Optional<Secret> parse(String text, Path etc) {
        if (text.startsWith(ENV) && text.substring(ENV.length()).matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return Optional.of(new Secret(Kind.ENV, text.substring(ENV.length())));
        }
        if (text.startsWith(FILE) && text.length() > FILE.length() && text.indexOf('\0') < 0) {
            Path file = etc.resolve(text.substring(FILE.length())).toAbsolutePath();
            return Optional.of(new Secret(Kind.FILE, file.normalize().toString()));
        }
        return Optional.empty();
    }

    /**
     * Reads it anew, so that a password can be changed while this runs.
     *
     * @throws IOException names the reference and why it leads to nothing
     */
    String read() throws IOException {
        String secret = kind == Kind.ENV ? environment() : file();
        if (secret.isEmpty()) {
            throw new IOException("the password " + this + " is empty; put the password there");
        }
        return secret;
    }

    private String environment() throws IOException {
        String value = System.getenv(place);
        if (value == null) {
            throw new IOException("the environment has no " + place + " for the password; set it where the server is"
                    + " started, and start it again");
        }
        return value;
    }

    private String file() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(place))) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new IOException(
                    "the password file " + place + " cannot be read (" + e + "); let the server's user read" + " it",
                    e);
        }
        if (bytes.length > LONGEST) {
            throw new IOException("the password file " + place + " has more than " + LONGEST + " bytes; expected the"
                    + " password alone");
        }
        return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }

    /** Whether others than the file's owner may read it; of what has no such permissions, nothing is said. */
    boolean isReadByOthers() {
        if (kind == Kind.ENV) {
            return false;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(Path.of(place));
            return permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // it is not there yet, or its file system knows no permissions; reading it says so
        }
    }

    @Override
    public String toString() {
        return (kind == Kind.ENV ? ENV : FILE) + place;
    }
}
