package io.slipway.http.server;

import static io.netty.handler.codec.http.HttpHeaderNames.IF_MATCH;
import static io.netty.handler.codec.http.HttpHeaderNames.IF_MODIFIED_SINCE;
import static io.netty.handler.codec.http.HttpHeaderNames.IF_NONE_MATCH;
import static io.netty.handler.codec.http.HttpHeaderNames.IF_RANGE;
import static io.netty.handler.codec.http.HttpHeaderNames.IF_UNMODIFIED_SINCE;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** The conditions of a GET or HEAD request (RFC 9110 section 13). */
final class Preconditions {

    enum Verdict {
        /** Answer as if there were no conditions. */
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    /** How long a file must have been left alone before its time of change tells two contents apart. */
    static final Duration SETTLED = Duration.ofSeconds(3);

    /** More than any date has: for more than this Netty's parser fails. */
    private static final int LONGEST_DATE = 64;

    private final HttpHeaders headers;
    private final Representation file;
    /** In whole seconds, as it is sent. */
    private final Optional<Instant> modified;

    Preconditions(HttpHeaders headers, Representation file) {
        this.headers = headers;
        this.file = file;
        this.modified = file.modified().map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** In the order of RFC 9110 section 13.2.2. */
    Verdict verdict() {
        boolean changed = headers.contains(IF_MATCH)
                ? !file.tag().isIn(headers.getAll(IF_MATCH), true)
                : isModifiedAfter(date(IF_UNMODIFIED_SINCE));
        if (changed) {
            return Verdict.FAILED;
        }
        Optional<Instant> since = date(IF_MODIFIED_SINCE);
        boolean known = headers.contains(IF_NONE_MATCH)
                ? file.tag().isIn(headers.getAll(IF_NONE_MATCH), false)
                : since.isPresent() && modified.isPresent() && !isModifiedAfter(since);
        return known ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
    }

    /** Whether a range may be served: the client has the rest of this very content (RFC 9110 section 13.1.5). */
    boolean allowsRange(Instant now) {
        List<String> conditions = headers.getAll(IF_RANGE);
        if (conditions.isEmpty()) {
            return true;
        }
        String condition = conditions.get(0).strip();
        if (conditions.size() > 1 || condition.equals("*")) {
            return false;
        }
        if (condition.endsWith("\"")) {
            return file.tag().isIn(conditions, true);
        }
        return modified.isPresent()
                && modified.equals(date(IF_RANGE))
                && modified.get().plus(SETTLED).isBefore(now);
    }

    private boolean isModifiedAfter(Optional<Instant> date) {
        return date.isPresent() && modified.isPresent() && modified.get().isAfter(date.get());
    }

    /** A date in one of HTTP's three forms; anything else is as if it were not there. */
    private Optional<Instant> date(CharSequence name) {
        List<String> values = headers.getAll(name);
        return values.size() == 1 && values.get(0).length() <= LONGEST_DATE
                ? Optional.ofNullable(DateFormatter.parseHttpDate(values.get(0)))
                        .map(Date::toInstant)
                : Optional.empty();
    }
}
