package io.slipway.http.server;

import static io.netty.handler.codec.http.HttpHeaderNames.RANGE;
import static io.slipway.http.server.Fields.ACCEPT_RANGES;
import static io.slipway.http.server.Fields.ALLOW;
import static io.slipway.http.server.Fields.CONTENT_LENGTH;
import static io.slipway.http.server.Fields.CONTENT_RANGE;
import static io.slipway.http.server.Fields.CONTENT_TYPE;
import static io.slipway.http.server.Fields.ETAG;
import static io.slipway.http.server.Fields.LAST_MODIFIED;
import static io.slipway.http.server.Fields.RETRY_AFTER;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * What a request is answered, without the headers that every answer has.
 *
 * @param text a body of words for a person; empty when the body comes from a file, or there is none
 * @param body of the file that is sent; empty when no file is
 */
record Answer(HttpResponseStatus status, HttpHeaders headers, String text, Optional<Body> body) {

    private static final String SECONDS_TO_WAIT = "2";

    /** The answer to a GET or HEAD of a file that is there. */
    static Answer of(HttpHeaders request, boolean isHead, Representation file, Instant now) {
        Preconditions conditions = new Preconditions(request, file);
        return switch (conditions.verdict()) {
            case FAILED -> refusal(HttpResponseStatus.PRECONDITION_FAILED);
            case NOT_MODIFIED ->
                new Answer(HttpResponseStatus.NOT_MODIFIED, validators(file, now), "", Optional.empty());
            case PROCEED -> {
                // Range is defined for GET alone (RFC 9110 section 14.2).
                List<ByteRange> ranges = isHead || !conditions.allowsRange(now)
                        ? List.of()
                        : ByteRange.of(request.getAll(RANGE), file.length());
                yield ranges.isEmpty() ? whole(file, now) : parts(ranges, file, now);
            }
        };
    }

    private static Answer whole(Representation file, Instant now) {
        Body all = Body.of(List.of(new ByteRange(0, file.length())), file);
        return new Answer(HttpResponseStatus.OK, content(file, all, now), "", Optional.of(all));
    }

    private static Answer parts(List<ByteRange> ranges, Representation file, Instant now) {
        if (ranges.get(0).isOutside()) {
            Answer answer = refusal(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            answer.headers.set(CONTENT_RANGE, "bytes */" + file.length());
            return answer;
        }
        Body body = Body.of(ranges, file);
        HttpHeaders headers = content(file, body, now);
        if (!body.hasParts()) {
            headers.set(CONTENT_RANGE, "bytes " + ranges.get(0) + "/" + file.length());
        }
        return new Answer(HttpResponseStatus.PARTIAL_CONTENT, headers, "", Optional.of(body));
    }

    private static HttpHeaders content(Representation file, Body body, Instant now) {
        return validators(file, now)
                .set(CONTENT_TYPE, body.contentType())
                .set(CONTENT_LENGTH, body.length())
                .set(ACCEPT_RANGES, "bytes");
    }

    private static HttpHeaders validators(Representation file, Instant now) {
        HttpHeaders headers = new DefaultHttpHeaders().set(ETAG, file.tag().toString());
        // Never later than the answer itself (RFC 9110 section 8.8.2.1).
        file.modified()
                .map(time -> time.isAfter(now) ? now : time)
                .ifPresent(time -> headers.set(LAST_MODIFIED, DateFormatter.format(Date.from(time))));
        return headers;
    }

    /** An error, or whatever else is said with the status alone. Says nothing of what the client sent. */
    static Answer refusal(HttpResponseStatus status) {
        String text = status.code() + " " + status.reasonPhrase() + "\n";
        HttpHeaders headers = new DefaultHttpHeaders()
                .set(CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(CONTENT_LENGTH, text.getBytes(StandardCharsets.UTF_8).length);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            headers.set(ALLOW, "GET, HEAD");
        }
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            headers.set(RETRY_AFTER, SECONDS_TO_WAIT);
        }
        return new Answer(status, headers, text, Optional.empty());
    }
}
