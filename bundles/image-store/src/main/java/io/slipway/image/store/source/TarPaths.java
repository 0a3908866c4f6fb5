package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/** Names in archives: what machines could not ask for, or what leads out, is refused. */
final class TarPaths {

    private TarPaths() {}

    /** @throws IOException the bytes are not UTF-8 */
    static String decoded(String archive, byte[] name) throws IOException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(
                    archive + " holds a file whose name is not valid UTF-8: '" + Names.shown(new String(name, UTF_8))
                            + "'; rename it, and make the archive again",
                    e);
        }
    }

    /**
     * A name as archives have it, such as {@code ./boot//linux}, as an image has it.
     *
     * @return empty for the root
     * @throws IOException names the entry and the cure
     */
    static String normalised(String archive, String name) throws IOException {
        if (name.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw new IOException(archive + " holds a file whose name has a backslash or a control character: '"
                    + Names.shown(name) + "'; rename it, and make the archive again");
        }
        if (name.startsWith("/")) {
            throw new IOException(archive + " holds '" + Names.shown(name)
                    + "', an absolute name; make the archive from" + " within the folder: tar -C FOLDER -cf ARCHIVE .");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("/")) {
            if (segment.equals("..")) {
                throw new IOException(archive + " holds '" + Names.shown(name) + "', a name that leads out of it; make"
                        + " the archive from within the folder: tar -C FOLDER -cf ARCHIVE .");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }
}
