package io.slipway.http.server;

import io.netty.util.AsciiString;

/**
 * The names of the header fields of an answer, spelt as RFC 9110 spells them. Letter case has no meaning, but GRUB
 * before 2.12 finds {@code Content-Length} only in this spelling, and Netty's own names are in lower case.
 */
final class Fields {

    static final AsciiString ACCEPT_RANGES = AsciiString.cached("Accept-Ranges");
    static final AsciiString ALLOW = AsciiString.cached("Allow");
    static final AsciiString CONNECTION = AsciiString.cached("Connection");
    static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    static final AsciiString CONTENT_RANGE = AsciiString.cached("Content-Range");
    static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
    static final AsciiString DATE = AsciiString.cached("Date");
    static final AsciiString ETAG = AsciiString.cached("ETag");
    static final AsciiString LAST_MODIFIED = AsciiString.cached("Last-Modified");
    static final AsciiString RETRY_AFTER = AsciiString.cached("Retry-After");
    static final AsciiString SERVER = AsciiString.cached("Server");

    private Fields() {}
}
