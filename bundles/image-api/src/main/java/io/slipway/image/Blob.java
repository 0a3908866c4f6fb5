package io.slipway.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Bytes that a backend holds under their digest. */
@ConsumerType
public interface Blob {

    Digest digest();

    /** In bytes. */
    long size();

    /** The local regular file that holds exactly these bytes, if there is one: it is served without a copy. */
    Optional<Path> file();

    /** The bytes from the start. The caller closes the stream. */
    InputStream open() throws IOException;
}
