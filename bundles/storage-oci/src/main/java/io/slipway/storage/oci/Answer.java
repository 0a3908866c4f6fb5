package io.slipway.storage.oci;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a registry answered. Who has it closes it, or reads it to its end. */
final class Answer implements Closeable {

    /** What is left of an error is read, so that the connection can be used again; more than this is not worth it. */
    private static final int WORTH_READING = 16_384;

    private final HttpResponse<TimedBody> response;

    Answer(HttpResponse<TimedBody> response) {
        this.response = response;
    }

    int status() {
        return response.statusCode();
    }

    /** Where the answer is from. It may hold a signature: see {@link Trouble#shown}. */
    URI address() {
        return response.uri();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    /** Empty when it is not said, or is no number. */
    OptionalLong length() {
        String text = header("Content-Length").orElse("");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    InputStream body() {
        return response.body();
    }

    /**
     * The whole body, after which it is closed.
     *
     * @param most that are taken
     * @throws IOException it is longer, or broke off
     */
    byte[] bytes(int most) throws IOException {
        try (InputStream in = body()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("the answer has more than " + most + " bytes");
            }
            return bytes;
        }
    }

    /** The beginning of a body that may be of any length, or break off. */
    byte[] beginning() {
        try (InputStream in = body()) {
            return in.readNBytes(WORTH_READING);
        } catch (IOException e) {
            return new byte[0]; // the status has said what is of interest
        }
    }

    /** Of a body whose bytes were all read: waits until it says that it is over. */
    void takeEnd() {
        try (InputStream in = body()) {
            in.read();
        } catch (IOException e) {
            giveUp(); // all that is of interest has come
        }
    }

    /** Gives up what has not come, and with it the connection. */
    void giveUp() {
        response.body().close();
    }

    /** What is short is read, so that its connection serves again; what is long is given up. */
    @Override
    public void close() {
        if (!response.body().isAtEnd()) {
            // The length that HEAD tells is that of a body which does not come.
            if (response.request().method().equals("HEAD") || length().orElse(0) <= WORTH_READING) {
                beginning();
            } else {
                response.body().close();
            }
        }
    }
}
