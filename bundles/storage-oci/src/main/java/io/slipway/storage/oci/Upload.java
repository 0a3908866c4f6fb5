package io.slipway.storage.oci;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Brings blobs into a repository. What is in memory of one is a chunk. */
final class Upload {

    /** In bytes. */
    static final int CHUNK = 4 << 20;

    private final RegistryClient client;
    private final String repository;

    Upload(RegistryClient client, String repository) {
        this.client = client;
        this.repository = repository;
    }

    /**
     * Reads a stream to its end. One that is no longer than a chunk is not sent when it is there already: only then its
     * digest is known before anything is sent.
     */
    Descriptor store(InputStream bytes) throws IOException {
        byte[] first = bytes.readNBytes(CHUNK);
        if (first.length < CHUNK) {
            return storeWhole(first);
        }
        return UploadSession.begin(client, repository).transfer(bytes, first, first.length);
    }

    private Descriptor storeWhole(byte[] bytes) throws IOException {
        Descriptor blob = new Descriptor(Digest.ofContent(bytes), bytes.length);
        if (!holds(blob)) {
            UploadSession session = UploadSession.begin(client, repository);
            try {
                session.finish(blob.digest(), bytes, bytes.length);
            } catch (IOException e) {
                session.cancel();
                throw e;
            }
        }
        return blob;
    }

    boolean holds(Descriptor blob) throws IOException {
        Call call = Call.head(ApiPaths.blob(repository, blob.digest()), Scope.pull(repository));
        try (Answer answer = client.push(call)) {
            return answer.status() == 200 && answer.length().orElse(blob.size()) == blob.size();
        } catch (RegistryException e) {
            if (e.isDenial()) {
                return false; // a repository that is not there yet may be hidden; writing says whether it may be made
            }
            throw e;
        }
    }

    /** Lets the registry have a blob of one repository in this one, too; copies it where that is not done. */
    void mount(Descriptor blob, String from) throws IOException {
        Digest digest = blob.digest();
        Call call = Call.of(
                        "POST",
                        ApiPaths.mount(repository, digest, from),
                        Scope.push(repository).and(Scope.pull(from)))
                .expecting(201, 202);
        UploadSession session;
        try (Answer answer = client.push(call)) {
            if (answer.status() == 201) {
                return;
            }
            session = UploadSession.of(client, repository, answer);
        }
        Descriptor copied;
        try (InputStream bytes = BlobStream.open(client, from, digest, blob.size())) {
            copied = session.transfer(bytes, new byte[(int) Math.min(CHUNK, Math.max(blob.size(), 1))], 0);
        } catch (IOException e) {
            session.cancel();
            throw e;
        }
        if (!copied.equals(blob)) {
            throw new IOException("registry " + client.trouble().name() + " gave other bytes for " + digest
                    + "; push the image again");
        }
    }
}
