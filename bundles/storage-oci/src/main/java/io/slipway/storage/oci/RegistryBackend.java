package io.slipway.storage.oci;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images in an OCI registry (distribution-spec 1.1). An image {@code NAME:TAG} is the tag of the repository
 * {@code <prefix>/NAME}; blobs are in {@code <prefix>/blobs} until a manifest refers to them. The registry collects what
 * nobody refers to.
 */
final class RegistryBackend implements StorageBackend {

    private final Settings settings;
    private final RegistryClient client;
    private final Repositories repositories;
    private final Lanes lanes;
    private final Places places;
    private final KnownTags tags;
    private final LastLook lastLook;
    private final Finder finder;

    RegistryBackend(
            Settings settings, RegistryClient client, Lanes lanes, Places places, KnownTags tags, LastLook lastLook) {
        this.settings = settings;
        this.client = client;
        this.repositories = Repositories.of(settings);
        this.lanes = lanes;
        this.places = places;
        this.tags = tags;
        this.lastLook = lastLook;
        this.finder = new Finder(client, repositories, lanes, places, tags::now);
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        return finder.find(digest);
    }

    @Override
    public Blob store(InputStream bytes) throws IOException {
        if (settings.isReadOnly()) {
            throw client.trouble().readOnly("nothing is stored in it");
        }
        String staging = repositories.staging();
        Descriptor stored = new Upload(client, staging).store(bytes);
        places.seen(stored.digest(), Place.blob(staging, stored.size()));
        return new RemoteBlob(client, staging, stored.digest(), stored.size());
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        if (settings.isReadOnly()) {
            throw client.trouble().readOnly("image " + ref + " is not tagged in it");
        }
        String repository = repositories.of(ref);
        if (repository.equals(repositories.staging())) {
            throw new IOException("image " + ref + ": the registry " + settings.name() + " has the repository "
                    + repository + " for blobs; give the image another name");
        }
        Manifest parsed = parsed(ref, manifest);
        collect(ref, repository, parsed.blobs());
        Digest digest = Digest.ofContent(manifest);
        put(ref, repository, manifest, digest);
        parsed.blobs().forEach(blob -> places.seen(blob.digest(), Place.blob(repository, blob.size())));
        places.seen(digest, Place.manifest(repository));
        changed(ref, Optional.of(digest), repository);
        return digest;
    }

    private static Manifest parsed(ImageRef ref, byte[] manifest) throws IOException {
        if (manifest.length > Manifest.LARGEST) {
            throw new IOException("image " + ref + ": its manifest has " + manifest.length + " bytes; a registry takes "
                    + Manifest.LARGEST);
        }
        try {
            return Manifest.parse(manifest);
        } catch (IOException e) {
            throw new IOException("image " + ref + ": the manifest is broken: " + e.getMessage(), e);
        }
    }

    /** Brings the blobs of an image into its repository, after all were found. */
    private void collect(ImageRef ref, String repository, List<Descriptor> blobs) throws IOException {
        Upload upload = new Upload(client, repository);
        List<Optional<String>> sources = lanes.all(blobs, blob -> source(blob, upload, repository));
        Map<Descriptor, String> elsewhere = new HashMap<>();
        for (int i = 0; i < blobs.size(); i++) {
            Descriptor blob = blobs.get(i);
            String from = sources.get(i)
                    .orElseThrow(() -> new IOException("image " + ref + " refers to " + blob.digest() + " of "
                            + blob.size() + " bytes, which is not in registry " + settings.name()
                            + "; store it before the image is tagged"));
            if (!from.equals(repository)) {
                elsewhere.put(blob, from);
            }
        }
        lanes.all(elsewhere.entrySet(), blob -> {
            upload.mount(blob.getKey(), blob.getValue());
            return blob;
        });
    }

    /** The repository that has a blob: the image's own, that of blobs, or where it was seen. */
    private Optional<String> source(Descriptor blob, Upload upload, String repository) throws IOException {
        if (upload.holds(blob)) {
            return Optional.of(repository);
        }
        String staging = repositories.staging();
        if (new Upload(client, staging).holds(blob)) {
            return Optional.of(staging);
        }
        Optional<String> seen = places.of(blob.digest())
                .filter(place -> !place.isManifest())
                .map(Place::repository)
                .filter(name -> !name.equals(repository) && !name.equals(staging));
        return seen.isPresent() && new Upload(client, seen.get()).holds(blob) ? seen : Optional.empty();
    }

    private void put(ImageRef ref, String repository, byte[] manifest, Digest digest) throws IOException {
        Call call = Call.of("PUT", ApiPaths.manifest(repository, ref), Scope.push(repository))
                .with("Content-Type", Manifest.MEDIA_TYPE)
                .sending(manifest, 0, manifest.length)
                .expecting(201);
        try (Answer answer = client.push(call)) {
            String taken = answer.header("Docker-Content-Digest").orElse(digest.toString());
            if (!taken.equals(digest.toString())) {
                throw client.trouble()
                        .content(
                                "PUT",
                                answer,
                                "it has taken the manifest " + digest + " for " + Trouble.clean(taken),
                                "look at what is between this server and the registry: it changes what is sent");
            }
        }
    }

    /** Of a tag that is not known nothing is asked: a registry that does not answer is in nobody's way then. */
    @Override
    public boolean untag(ImageRef ref) throws IOException {
        if (!tags.now().tags().containsKey(ref)) {
            return false;
        }
        if (settings.isReadOnly()) {
            throw client.trouble().readOnly("the tag " + ref + " is not removed from it");
        }
        String repository = repositories.of(ref);
        // By its tag, never by its digest: that would remove every tag of the manifest.
        Call call = Call.of("DELETE", ApiPaths.manifest(repository, ref), Scope.delete(repository))
                .expecting(200, 202, 204, 404, 400, 405, 501);
        boolean wasThere;
        try (Answer answer = client.push(call)) {
            // What a registry says that does not do this (distribution-spec, "Deleting tags"): 400 or 405.
            if (answer.status() >= 400 && answer.status() != 404) {
                throw client.trouble()
                        .status(
                                "DELETE",
                                answer,
                                "this registry does not remove the tag of " + ref + ": allow it in the registry's"
                                        + " configuration, remove the tag by its own tools, or let it name another image");
            }
            wasThere = answer.status() != 404;
        }
        changed(ref, Optional.empty(), repository);
        return wasThere;
    }

    @Override
    public Map<ImageRef, Digest> tags() {
        return tags.now().tags();
    }

    private void changed(ImageRef ref, Optional<Digest> manifest, String repository) {
        tags.change(ref, manifest, repository);
        lastLook.keep(tags::now);
    }
}
