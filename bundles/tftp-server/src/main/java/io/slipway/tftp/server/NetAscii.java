package io.slipway.tftp.server;

import io.slipway.boot.BootFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A text as it goes over the wire in mode netascii: lines end with CR LF, a CR that ends none is followed by NUL (RFC 764). */
final class NetAscii {

    /** It is made in memory: whoever wants more does not want a text. */
    static final int LARGEST = 1 << 20;

    private NetAscii() {}

    /** @throws IOException also for a file that is too large */
    static BootFile of(BootFile file) throws IOException {
        if (file.length() > LARGEST) {
            throw new IOException("mode netascii is for texts of up to " + LARGEST + " bytes, and this file has "
                    + file.length() + "; ask for it in mode octet");
        }
        ByteBuffer content = ByteBuffer.allocate((int) file.length());
        try (BootFile.Reader reader = file.open()) {
            reader.read(content, 0);
        }
        return BootFile.of(translate(content.array()), file.mediaType());
    }

    private static byte[] translate(byte[] content) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(content.length + content.length / 16);
        for (int i = 0; i < content.length; i++) {
            boolean isLineEnd = content[i] == '\r' && i + 1 < content.length && content[i + 1] == '\n';
            if (content[i] == '\n' || isLineEnd) {
                text.write('\r');
                text.write('\n');
                i += isLineEnd ? 1 : 0;
            } else if (content[i] == '\r') {
                text.write('\r');
                text.write(0);
            } else {
                text.write(content[i]);
            }
        }
        return text.toByteArray();
    }

    /** What comes over the wire in this mode, back into a text of this system. */
    static final class Decoder {

        /** Whether the last octet was a CR, whose meaning the next one tells. */
        private boolean isReturnOpen;

        /** @param isLast whether the text ends with these bytes */
        byte[] decode(byte[] wire, boolean isLast) {
            ByteArrayOutputStream text = new ByteArrayOutputStream(wire.length + 1);
            for (byte octet : wire) {
                if (isReturnOpen && octet != '\n') {
                    text.write('\r');
                }
                boolean isEndOfReturn = isReturnOpen && octet == 0;
                isReturnOpen = octet == '\r';
                if (!isReturnOpen && !isEndOfReturn) {
                    text.write(octet);
                }
            }
            if (isLast && isReturnOpen) {
                text.write('\r');
            }
            return text.toByteArray();
        }
    }
}
