package io.slipway.http.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** Writes answers, with the headers that every answer has. */
final class ResponseWriter {

    /**
     * What the request says of the form of its answer.
     *
     * @param keepsAlive whether the connection serves another request
     * @param isOld whether the client must be told so, since HTTP/1.0 closes by default
     * @param isHead whether the body is left out
     */
    record Form(boolean keepsAlive, boolean isOld, boolean isHead) {

        static Form of(HttpRequest request) {
            return new Form(
                    HttpUtil.isKeepAlive(request),
                    request.protocolVersion().equals(HttpVersion.HTTP_1_0),
                    request.method().equals(HttpMethod.HEAD));
        }

        Form closing() {
            return new Form(false, isOld, isHead);
        }
    }

    static final Form CLOSE = new Form(false, false, false);

    private ResponseWriter() {}

    /** Writes the head, and does not flush it. */
    @SuppressWarnings("JavaUtilDate") // what Netty's formatter takes
    static void writeHead(ChannelHandlerContext context, Answer answer, Form form) {
        // Always our own version (RFC 9110 section 6.2): the client's is what it understands at least.
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status(), answer.headers());
        head.headers().set(Fields.DATE, DateFormatter.format(new Date()));
        head.headers().set(Fields.SERVER, "Slipway");
        if (!form.keepsAlive()) {
            head.headers().set(Fields.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (form.isOld()) {
            head.headers().set(Fields.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        context.write(head, context.voidPromise());
    }

    /** Writes an answer whose body, if any, is its text. */
    static ChannelFuture write(ChannelHandlerContext context, Answer answer, Form form) {
        writeHead(context, answer, form);
        boolean hasBody = !form.isHead() && !answer.text().isEmpty();
        return context.writeAndFlush(
                hasBody
                        ? new DefaultLastHttpContent(Unpooled.copiedBuffer(answer.text(), StandardCharsets.UTF_8))
                        : LastHttpContent.EMPTY_LAST_CONTENT);
    }
}
