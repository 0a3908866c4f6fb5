package io.slipway.http.server;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Headers that may say the length of the body only once. The decoder sees to that in HTTP/1.1, but in HTTP/1.0 it takes
 * the first of several, where something in between may have taken the last (RFC 9112 section 11.2).
 */
final class StrictHeaders extends DefaultHttpHeaders {

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) && contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new IllegalArgumentException("two Content-Length headers");
        }
        return super.add(name, value);
    }
}
