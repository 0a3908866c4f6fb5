package io.slipway.image.store.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered a GET (RFC 9110).
 *
 * @param url that of the answer, after redirects
 */
record HttpAnswer(SafeUrl url, HttpResponse<InputStream> response) implements Closeable {

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
    private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/([0-9]{1,18})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern STRONG_TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"");

    int status() {
        return response.statusCode();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    InputStream body() {
        return response.body();
    }

    /** The length of the body, in bytes, when it is said. */
    OptionalLong length() {
        return header("Content-Length")
                .map(String::strip)
                .filter(length -> NUMBER.matcher(length).matches())
                .map(length -> OptionalLong.of(Long.parseLong(length)))
                .orElse(OptionalLong.empty());
    }

    /** Where a part of the file begins (section 14.4). */
    OptionalLong rangeStart() {
        Matcher range = RANGE.matcher(header("Content-Range").orElse(""));
        return range.matches() ? OptionalLong.of(Long.parseLong(range.group(1))) : OptionalLong.empty();
    }

    /** The whole file's size, in bytes, as an answer with a part of it or about a part has it. */
    OptionalLong rangeSize() {
        String range = header("Content-Range").orElse("");
        Matcher part = RANGE.matcher(range);
        Matcher none = UNSATISFIED.matcher(range);
        if (part.matches() && !part.group(3).equals("*")) {
            return OptionalLong.of(Long.parseLong(part.group(3)));
        }
        return none.matches() ? OptionalLong.of(Long.parseLong(none.group(1))) : OptionalLong.empty();
    }

    /**
     * What tells this file from a later one under the same address, for {@code If-Range}: a strong entity tag (section
     * 8.8.3), else a time that is strong, for the answer is later by a second (section 8.8.2.2).
     */
    Optional<String> validator() {
        Optional<String> tag =
                header("ETag").filter(value -> STRONG_TAG.matcher(value).matches());
        if (tag.isPresent()) {
            return tag;
        }
        Optional<Instant> answered = time("Date");
        return header("Last-Modified").filter(ignored -> time("Last-Modified")
                .filter(modified -> answered.isPresent() && modified.isBefore(answered.get()))
                .isPresent());
    }

    /** When the file was changed last; empty when that is not said. */
    Optional<Instant> modified() {
        return time("Last-Modified");
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }

    private Optional<Instant> time(String header) {
        try {
            return header(header).map(value -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
