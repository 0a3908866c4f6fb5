package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.OwnedBackend;
import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All storage backends, the first to be asked first. One that fails is passed over and logged once, until it answers
 * again. Safe for use by many threads.
 */
final class Backends {

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** What is asked of each backend. */
    interface Question<T> {
        Optional<T> ask(NamedBackend backend) throws IOException;
    }

    private final Supplier<List<NamedBackend>> ordered;
    private final Set<Long> failing = ConcurrentHashMap.newKeySet();

    /** @param ordered the backends of this moment, in the order in which they are asked */
    Backends(Supplier<List<NamedBackend>> ordered) {
        this.ordered = ordered;
    }

    /** The backend that is written to. */
    StorageBackend writable() throws IOException {
        return present().get(0).backend();
    }

    /**
     * The first backend that keeps its blobs in local files: what is held remotely is copied to it before it is served.
     */
    Optional<StorageBackend> local() throws IOException {
        return present().stream()
                .map(NamedBackend::backend)
                .filter(OwnedBackend.class::isInstance)
                .map(OwnedBackend.class::cast)
                .filter(OwnedBackend::isLocal)
                .map(StorageBackend.class::cast)
                .findFirst();
    }

    /** The blob in a local file, from the first local backend that has it; one that fails is passed over. */
    Optional<Blob> firstLocal(Digest digest) throws IOException {
        for (NamedBackend backend : present()) {
            if (backend.backend() instanceof OwnedBackend owned && owned.isLocal()) {
                Optional<Blob> blob = ask(backend, asked -> owned.blob(digest), new ArrayList<>());
                if (blob.isPresent()) {
                    return blob;
                }
            }
        }
        return Optional.empty();
    }

    /** The backends that are there now. */
    List<NamedBackend> now() throws IOException {
        return present();
    }

    /**
     * The first answer.
     *
     * @throws IOException when no backend has the answer and one could not be asked: that is no "not there"
     */
    <T> Optional<T> first(Question<T> question) throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (NamedBackend backend : present()) {
            Optional<T> answer = ask(backend, question, failures);
            if (answer.isPresent()) {
                return answer;
            }
        }
        if (!failures.isEmpty()) {
            throw joined(failures);
        }
        return Optional.empty();
    }

    /**
     * Every answer, of those backends that can be asked.
     *
     * @throws IOException when none can
     */
    <T> List<T> all(Question<T> question) throws IOException {
        List<IOException> failures = new ArrayList<>();
        List<T> answers = new ArrayList<>();
        List<NamedBackend> asked = present();
        for (NamedBackend backend : asked) {
            ask(backend, question, failures).ifPresent(answers::add);
        }
        if (failures.size() == asked.size()) {
            throw joined(failures);
        }
        return answers;
    }

    /**
     * Every answer, of all backends, after all were asked.
     *
     * @throws IOException when one of them could not be asked
     */
    <T> List<T> every(Question<T> question) throws IOException {
        List<IOException> failures = new ArrayList<>();
        List<T> answers = new ArrayList<>();
        for (NamedBackend backend : present()) {
            ask(backend, question, failures).ifPresent(answers::add);
        }
        if (!failures.isEmpty()) {
            throw joined(failures);
        }
        return answers;
    }

    private List<NamedBackend> present() throws IOException {
        List<NamedBackend> now = ordered.get();
        if (now.isEmpty()) {
            throw new IOException("no storage backend is active; install one, such as slipway-storage-folder, or look"
                    + " in the log why it did not start");
        }
        return now;
    }

    private <T> Optional<T> ask(NamedBackend backend, Question<T> question, List<IOException> failures) {
        try {
            Optional<T> answer = question.ask(backend);
            if (failing.remove(backend.id())) {
                LOG.info("storage backend {} answers again", backend.name());
            }
            return answer;
        } catch (IOException | RuntimeException | LinkageError e) {
            // Also a plugin that has a bug, or is being removed: the others are still to be asked.
            if (failing.add(backend.id())) {
                LOG.warn(
                        "storage backend {} fails, its images are missing until it answers: {}; look at its disk or"
                                + " connection",
                        backend.name(),
                        e.toString());
            }
            String why = e instanceof IOException ? e.getMessage() : e.toString();
            failures.add(new IOException("storage backend " + backend.name() + ": " + why, e));
            return Optional.empty();
        }
    }

    private static IOException joined(List<IOException> failures) {
        IOException first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        return first;
    }
}
