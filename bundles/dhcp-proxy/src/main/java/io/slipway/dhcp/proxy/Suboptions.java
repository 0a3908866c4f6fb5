package io.slipway.dhcp.proxy;

import java.util.Arrays;
import java.util.Optional;

/** Options within an option: code, length, value, as in options 43 (RFC 2132 section 8.4) and 82 (RFC 3046). */
final class Suboptions {

    private static final int PAD = 0;
    private static final int END = 255;

    private Suboptions() {}

    /** The first of a code; what is cut short is not there. */
    static Optional<byte[]> find(byte[] option, int code) {
        int at = 0;
        while (at < option.length && (option[at] & 0xff) != END) {
            int tag = option[at++] & 0xff;
            if (tag == PAD) {
                continue;
            }
            int length = at < option.length ? option[at++] & 0xff : END;
            if (length > option.length - at) {
                return Optional.empty();
            }
            if (tag == code) {
                return Optional.of(Arrays.copyOfRange(option, at, at + length));
            }
            at += length;
        }
        return Optional.empty();
    }
}
