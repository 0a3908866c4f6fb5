package io.slipway.http.server;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Requests after which a connection cannot be trusted: where the next one begins, or whom it asks, is in doubt. */
final class RequestRules {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:\\[\\]%-]*");

    private RequestRules() {}

    /** The status to answer before the connection is closed; empty for a request that is in order. */
    static Optional<HttpResponseStatus> refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(broken(request.decoderResult().cause()));
        }
        HttpVersion version = request.protocolVersion();
        if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
            return Optional.of(HTTP_VERSION_NOT_SUPPORTED);
        }
        // RFC 9112 section 3.2: exactly one Host in HTTP/1.1.
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean needsHost = version.minorVersion() > 0;
        if ((needsHost && hosts.size() != 1)
                || hosts.size() > 1
                || !hosts.stream().allMatch(RequestRules::isHost)) {
            return Optional.of(BAD_REQUEST);
        }
        return body(request);
    }

    /** No request of ours has a body, so none is waited for and none can hide a second request. */
    private static Optional<HttpResponseStatus> body(HttpRequest request) {
        boolean isChunked = request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (!isChunked
                && request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH).stream()
                        .allMatch("0"::equals)) {
            return Optional.empty();
        }
        if (!isServed(request.method())) {
            return Optional.of(METHOD_NOT_ALLOWED);
        }
        return Optional.of(isChunked ? BAD_REQUEST : REQUEST_ENTITY_TOO_LARGE);
    }

    static boolean isServed(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean isHost(String value) {
        return HOST.matcher(value).matches();
    }

    private static HttpResponseStatus broken(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return REQUEST_URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? REQUEST_HEADER_FIELDS_TOO_LARGE : BAD_REQUEST;
    }
}
