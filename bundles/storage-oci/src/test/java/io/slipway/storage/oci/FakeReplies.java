package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.slipway.storage.oci.FakeRegistry.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** What a fake registry answers. */
final class FakeReplies {

    private FakeReplies() {}

    static Reply status(int status, String... headers) {
        return exchange -> {
            add(exchange, headers);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Reply text(int status, String text, String... headers) {
        return exchange -> {
            add(exchange, headers);
            bytes(status, text.getBytes(UTF_8)).to(exchange);
        };
    }

    /** As the distribution-spec has errors. */
    static Reply error(int status, String code, String message, String... headers) {
        return text(
                status,
                "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"detail\":null}]}",
                headers);
    }

    static Reply bytes(int status, byte[] bytes) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("HEAD") || bytes.length == 0) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    static Reply rest(byte[] bytes, int from) {
        return exchange -> {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            bytes(206, Arrays.copyOfRange(bytes, from, bytes.length)).to(exchange);
        };
    }

    /** Says that all of it comes, and hangs up behind some of it. */
    static Reply broken(byte[] bytes, int from, int to) {
        return exchange -> {
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes, from, to - from);
            out.flush();
            exchange.close();
        };
    }

    /** Hangs up without a word. */
    static Reply nothing() {
        return HttpExchange::close;
    }

    private static void add(HttpExchange exchange, String... headers) throws IOException {
        if (headers.length % 2 != 0) {
            throw new IOException("a header lacks its value");
        }
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
    }
}
