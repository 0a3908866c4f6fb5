package io.slipway.dhcp.codec;

/** The layout that decoder and encoder share (RFC 2131 section 2, figure 1; lengths in bytes). */
final class Wire {

    /** The fixed fields, {@code op} to {@code file}. */
    static final int HEADER_LENGTH = 236;

    static final int CHADDR_LENGTH = 16;
    static final int SNAME_LENGTH = 64;
    static final int FILE_LENGTH = 128;

    /** RFC 2131 section 3: 99, 130, 83, 99. */
    static final int MAGIC_COOKIE = 0x63825363;

    static final int COOKIE_LENGTH = 4;

    /** RFC 1542 section 2.1: shorter messages are padded; some BOOTP relays and ROMs drop them otherwise. */
    static final int LEAST_LENGTH = 300;

    static final int PAD = 0;
    static final int END = 255;

    /** The most that one option holds; longer values are split (RFC 3396). */
    static final int MOST_OPTION_BYTES = 255;

    private Wire() {}
}
