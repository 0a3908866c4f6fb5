package io.slipway.image.store.source;

import io.slipway.image.Digest;
import io.slipway.image.ImportProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Brings a file from a server into a {@link PartFile}, in as many attempts as it takes and is allowed. */
final class Download {

    /** In bytes. Whoever gets further by so much in an attempt is on the way. */
    private static final long A_STEP = 1L << 20;

    /** However far they got: a server whose file is another each time is not asked for ever. */
    private static final int MOST_ATTEMPTS = 500;

    private static final int BUFFER = 64 * 1024;

    /** Waits between two attempts. */
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final SafeUrl url;
    private final Optional<Digest> expected;
    private final DownloadTerms terms;
    private final HttpFetch fetch;
    private final ImportProgress progress;
    private final Pause pause;

    Download(
            SafeUrl url,
            Optional<Digest> expected,
            DownloadTerms terms,
            HttpFetch fetch,
            ImportProgress progress,
            Pause pause) {
        this.url = url;
        this.expected = expected;
        this.terms = terms;
        this.fetch = fetch;
        this.progress = progress;
        this.pause = pause;
    }

    /** @throws IOException names the URL, what the server or the network did, and the cure */
    void into(PartFile part) throws IOException {
        int failures = 0;
        boolean whole = false;
        for (int attempts = 1; !whole; attempts++) {
            long before = part.length();
            try {
                attempt(part);
                whole = true;
            } catch (TransientFault e) {
                failures = part.length() - before >= A_STEP ? 1 : failures + 1;
                if (failures >= terms.attempts() || attempts == MOST_ATTEMPTS) {
                    throw new IOException(
                            e.getMessage() + "; given up after " + failures
                                    + (failures == 1 ? " attempt" : " attempts in a row")
                                    + ": import again, which goes on where it stopped",
                            e);
                }
                sleep(failures, e.notBefore());
            } finally {
                part.force();
            }
        }
        verify(part);
    }

    private void attempt(PartFile part) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (part.length() > 0 && part.validator().isPresent()) {
            headers.put("Range", "bytes=" + part.length() + "-");
            headers.put("If-Range", part.validator().get());
        }
        try (HttpAnswer answer = fetch.get(url, headers)) {
            switch (answer.status()) {
                case 200 -> {
                    part.begin(answer.validator(), answer.modified());
                    copy(answer, part, answer.length());
                }
                case 206 -> goOn(answer, part, headers);
                case 416 -> checkWhole(answer, part);
                default -> throw HttpFault.ofStatus(answer);
            }
        }
    }

    /** A part that is not the one that was asked for is no part of this file (RFC 9110 section 15.3.7). */
    private void goOn(HttpAnswer answer, PartFile part, Map<String, String> headers) throws IOException {
        OptionalLong start = answer.rangeStart();
        boolean another = answer.header("ETag").isPresent()
                && !answer.validator().equals(part.validator())
                && part.validator().orElse("").startsWith("\"");
        if (headers.isEmpty() || start.isEmpty() || start.getAsLong() != part.length() || another) {
            part.begin(Optional.empty(), Optional.empty());
            throw new TransientFault(
                    answer.url() + ": the server sends another part than was asked for", Duration.ZERO);
        }
        copy(answer, part, answer.rangeSize());
    }

    /** What is there is all there is, or of another file (section 15.5.17). */
    private void checkWhole(HttpAnswer answer, PartFile part) throws IOException {
        OptionalLong size = answer.rangeSize();
        if (part.length() == 0 || size.isEmpty() || size.getAsLong() != part.length()) {
            part.begin(Optional.empty(), Optional.empty());
            throw new TransientFault(answer.url() + ": the file has changed on the server", Duration.ZERO);
        }
    }

    private void copy(HttpAnswer answer, PartFile part, OptionalLong size) throws IOException {
        checkSize(answer, size.orElse(0));
        byte[] buffer = new byte[BUFFER];
        progress.at(url.toString(), part.length(), size.orElse(-1));
        for (int count = read(answer, buffer); count >= 0; count = read(answer, buffer)) {
            checkSize(answer, part.length() + count);
            part.append(buffer, count);
            progress.at(url.toString(), part.length(), size.orElse(-1));
        }
        if (size.isPresent() && part.length() != size.getAsLong()) {
            throw new TransientFault(
                    answer.url() + ": the transfer ended after " + part.length() + " of " + size.getAsLong() + " bytes",
                    Duration.ZERO);
        }
    }

    private void checkSize(HttpAnswer answer, long size) throws IOException {
        if (size > terms.largest()) {
            throw new IOException(answer.url() + ": the file is larger than the limit of " + terms.largest()
                    + " bytes; raise the limit, or get the file to this machine by hand");
        }
    }

    private static int read(HttpAnswer answer, byte[] buffer) throws IOException {
        InputStream body = answer.body();
        try {
            return body.read(buffer);
        } catch (InterruptedIOException e) {
            throw stopped(answer.url());
        } catch (IOException e) {
            throw HttpFault.of(answer.url(), e);
        }
    }

    private void verify(PartFile part) throws IOException {
        Digest found = part.digest();
        if (expected.isPresent() && !found.equals(expected.get())) {
            part.begin(Optional.empty(), Optional.empty());
            throw new IOException(url + ": its SHA-256 is " + found.hex() + " and not "
                    + expected.get().hex() + "; compare the sum with that of the publisher, and import again");
        }
    }

    private void sleep(int failures, Duration notBefore) throws IOException {
        Duration longest = DownloadTerms.LONGEST_PAUSE;
        Duration doubled = terms.firstPause().multipliedBy(1L << Math.min(failures - 1, 10));
        Duration wanted = doubled.compareTo(notBefore) > 0 ? doubled : notBefore;
        try {
            pause.sleep(wanted.compareTo(longest) < 0 ? wanted : longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(url);
        }
    }

    private static InterruptedIOException stopped(SafeUrl url) {
        return new InterruptedIOException(url + ": stopped; import again, which goes on where it stopped");
    }
}
