package io.slipway.storage.oci;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload of a blob whose digest is known at its end only (distribution-spec, "Pushing a blob in chunks"). A chunk
 * that did not come through is sent again from where the registry has the bytes.
 */
final class UploadSession {

    private static final Logger LOG = LoggerFactory.getLogger(UploadSession.class);

    private static final int ATTEMPTS = 4;
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private final RegistryClient client;
    private final String repository;
    private String location;
    private long offset;

    private UploadSession(RegistryClient client, String repository, String location) {
        this.client = client;
        this.repository = repository;
        this.location = location;
    }

    static UploadSession begin(RegistryClient client, String repository) throws IOException {
        Call call = Call.of("POST", ApiPaths.uploads(repository), Scope.push(repository))
                .expecting(202);
        try (Answer answer = client.push(call)) {
            return of(client, repository, answer);
        }
    }

    /** @param begun the answer that a session has begun */
    static UploadSession of(RegistryClient client, String repository, Answer begun) throws IOException {
        UploadSession session = new UploadSession(client, repository, "");
        session.moved("POST", begun);
        if (session.location.isEmpty()) {
            throw client.trouble().broken("POST", begun, "it does not say where the upload goes on (Location)");
        }
        // OCI-Chunk-Min-Length; the last chunk alone may be smaller.
        String least = begun.header("OCI-Chunk-Min-Length").orElse("0");
        if (!least.matches("\\d{1,9}") || Integer.parseInt(least) > Upload.CHUNK) {
            throw client.trouble()
                    .broken(
                            "POST",
                            begun,
                            "it takes no chunks of " + Upload.CHUNK + " bytes, but " + Trouble.clean(least));
        }
        return session;
    }

    /** The registry says after each step where the next one goes. */
    private void moved(String method, Answer answer) throws RegistryException {
        String next = answer.header("Location").orElse("");
        if (next.isEmpty()) {
            return;
        }
        try {
            location = answer.address().resolve(next).toString();
            Origin.of(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw client.trouble().broken(method, answer, "it sends the upload on to what is no address");
        }
    }

    /** @param chunk its first {@code count} bytes are sent */
    void append(byte[] chunk, int count) throws IOException {
        int done = 0;
        for (int attempt = 1; done < count; attempt++) {
            try {
                done = (int) (send(chunk, done, count) - offset);
            } catch (RegistryException e) {
                if (attempt >= ATTEMPTS || !e.isPassing()) {
                    throw e;
                }
                client.pause().await(Retries.backoff(attempt));
                done = (int) (received(e) - offset);
            }
            if (done < 0 || done > count || attempt > 2 * ATTEMPTS) {
                throw lost();
            }
        }
        offset += count;
    }

    /** @return how many bytes the registry has then, in all */
    private long send(byte[] chunk, int from, int to) throws IOException {
        Call call = Call.of("PATCH", location, Scope.push(repository))
                .with("Content-Type", "application/octet-stream")
                .with("Content-Range", (offset + from) + "-" + (offset + to - 1))
                .sending(chunk, from, to - from)
                .expecting(202)
                .onlyOnce();
        try (Answer answer = client.push(call)) {
            moved("PATCH", answer);
            return received(answer).orElse(offset + to);
        }
    }

    /** Asks how far the upload is (distribution-spec, "Pushing a blob in chunks", GET of the location). */
    private long received(RegistryException why) throws IOException {
        Call call = Call.get(location, Scope.push(repository)).expecting(200, 202, 204);
        try (Answer answer = client.push(call)) {
            moved("GET", answer);
            return received(answer).orElse(0);
        } catch (RegistryException e) {
            why.addSuppressed(e);
            throw why;
        }
    }

    /** A registry that has nothing yet says {@code 0-0}, as it would of one byte; no chunk has one byte. */
    private static OptionalLong received(Answer answer) {
        Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
        if (!range.matches()) {
            return OptionalLong.empty();
        }
        long last = Long.parseLong(range.group(1));
        return OptionalLong.of(last == 0 ? 0 : last + 1);
    }

    private IOException lost() {
        return new IOException("registry " + client.trouble().name() + " has lost bytes of an upload to " + repository
                + "; try again, and look into the registry's log");
    }

    /**
     * Ends the upload: the registry compares the digest.
     *
     * @param rest its first {@code count} bytes are the last of the blob; none may be left
     */
    void finish(Digest digest, byte[] rest, int count) throws IOException {
        String separator = location.indexOf('?') < 0 ? "?" : "&";
        Call call = Call.of("PUT", location + separator + "digest=sha256%3A" + digest.hex(), Scope.push(repository))
                .with("Content-Type", "application/octet-stream")
                .sending(rest, 0, count)
                .expecting(201)
                .onlyOnce();
        try (Answer answer = client.push(call)) {
            LOG.debug("registry {}: {} is in {} ({})", client.trouble().name(), digest, repository, answer.status());
        } catch (RegistryException e) {
            if (!e.isPassing() || !isThere(digest)) {
                throw e;
            }
        }
    }

    /** Whether it came through, though the answer did not. */
    private boolean isThere(Digest digest) throws IOException {
        Call call = Call.head(ApiPaths.blob(repository, digest), Scope.pull(repository));
        try (Answer answer = client.push(call)) {
            return answer.status() == 200;
        }
    }

    /** Lets the registry forget it. One that does not do so forgets it in time. */
    void cancel() {
        Call call = Call.of("DELETE", location, Scope.push(repository)).expecting(200, 202, 204, 404);
        try (Answer answer = client.push(call)) {
            LOG.debug(
                    "registry {}: an upload to {} is given up ({})",
                    client.trouble().name(),
                    repository,
                    answer.status());
        } catch (IOException e) {
            LOG.debug(
                    "registry {}: an upload to {} is left behind: {}",
                    client.trouble().name(),
                    repository,
                    e.getMessage());
        }
    }

    /**
     * Sends all of a stream, and ends with the digest of what it was; what is begun is given up when it fails.
     *
     * @param chunk is filled again and again
     * @param ready how much of it is filled already, with what was before the stream
     */
    Descriptor transfer(InputStream bytes, byte[] chunk, int ready) throws IOException {
        try {
            MessageDigest sum = Digest.sum();
            long size = 0;
            int count = ready > 0 ? ready : bytes.readNBytes(chunk, 0, chunk.length);
            while (count > 0) {
                sum.update(chunk, 0, count);
                append(chunk, count);
                size += count;
                count = bytes.readNBytes(chunk, 0, chunk.length);
            }
            Descriptor all = new Descriptor(Digest.of(sum.digest()), size);
            finish(all.digest(), chunk, 0);
            return all;
        } catch (IOException | RuntimeException e) {
            cancel();
            throw e;
        }
    }
}
