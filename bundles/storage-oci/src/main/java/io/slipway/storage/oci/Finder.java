package io.slipway.storage.oci;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds a digest in a registry, which knows it in single repositories only. */
final class Finder {

    private final RegistryClient client;
    private final Repositories repositories;
    private final Lanes lanes;
    private final Places places;
    private final Supplier<Look> look;

    Finder(RegistryClient client, Repositories repositories, Lanes lanes, Places places, Supplier<Look> look) {
        this.client = client;
        this.repositories = repositories;
        this.lanes = lanes;
        this.places = places;
        this.look = look;
    }

    /** @throws IOException it cannot be said now, or what is there is damaged */
    Optional<Blob> find(Digest digest) throws IOException {
        Optional<Place> known = places.of(digest).or(() -> tagged(digest));
        if (known.isPresent()) {
            Optional<Blob> blob = at(known.get(), digest);
            if (blob.isPresent()) {
                return blob;
            }
            places.gone(digest);
        }
        return places.wasNowhere(digest) ? Optional.empty() : search(digest);
    }

    private Optional<Place> tagged(Digest digest) {
        return look.get().tags().entrySet().stream()
                .filter(tag -> tag.getValue().equals(digest))
                .findFirst()
                .map(tag -> Place.manifest(repositories.of(tag.getKey())));
    }

    private Optional<Blob> at(Place place, Digest digest) throws IOException {
        return place.isManifest()
                ? manifest(place.repository(), digest)
                : size(ApiPaths.blob(place.repository(), digest), place)
                        .map(size -> new RemoteBlob(client, place.repository(), digest, size));
    }

    /** The size of what is there. One that the registry does not tell is that of the manifest which refers to it. */
    private Optional<Long> size(String path, Place place) throws IOException {
        Call call = Call.head(path, Scope.pull(place.repository())).with("Accept", Manifest.ACCEPTED);
        try (Answer answer = client.pull(call)) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            long size = answer.length().orElse(place.size());
            if (size < 0) {
                throw client.trouble().broken("HEAD", answer, "it does not tell its size (Content-Length)");
            }
            return Optional.of(size);
        }
    }

    /** Fetches a manifest, and learns from it where its blobs are. */
    private Optional<Blob> manifest(String repository, Digest digest) throws IOException {
        Call call = Call.get(ApiPaths.manifest(repository, digest), Scope.pull(repository))
                .with("Accept", Manifest.ACCEPTED)
                .expecting(200, 404);
        try (Answer answer = client.pull(call)) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            byte[] bytes = bytes(answer);
            if (!Digest.ofContent(bytes).equals(digest)) {
                throw client.trouble()
                        .content(
                                "GET",
                                answer,
                                "manifest " + digest + " is damaged: its bytes are not those of its digest",
                                "push the image again");
            }
            places.seen(digest, Place.manifest(repository));
            learn(repository, bytes);
            return Optional.of(new HeldManifest(digest, bytes));
        }
    }

    private byte[] bytes(Answer answer) throws IOException {
        try {
            return answer.bytes(Manifest.LARGEST);
        } catch (IOException e) {
            throw client.trouble().unanswered("GET", answer.address(), e);
        }
    }

    private void learn(String repository, byte[] manifest) {
        try {
            for (Descriptor blob : Manifest.parse(manifest).blobs()) {
                places.seen(blob.digest(), Place.blob(repository, blob.size()));
            }
        } catch (IOException e) {
            // Another kind of manifest: it has no blobs of ours. Who reads it says what is wrong with it.
            places.seen(Digest.ofContent(manifest), Place.manifest(repository));
        }
    }

    /** Looks into every repository that is known. */
    private Optional<Blob> search(Digest digest) throws IOException {
        Set<String> all = new LinkedHashSet<>();
        all.add(repositories.staging());
        all.addAll(look.get().repositories());
        List<Place> asked = new ArrayList<>();
        for (String repository : all) {
            asked.add(Place.blob(repository, -1));
            asked.add(Place.manifest(repository));
        }
        List<Found> found = lanes.all(asked, place -> look(place, digest));
        for (int i = 0; i < asked.size(); i++) {
            if (found.get(i).isThere()) {
                places.seen(digest, asked.get(i));
                return at(asked.get(i), digest);
            }
        }
        List<RegistryException> failures =
                found.stream().flatMap(one -> one.failure().stream()).toList();
        for (RegistryException failure : failures) {
            if (!failure.isDenial() || failures.size() == asked.size()) {
                throw failure;
            }
        }
        places.isNowhere(digest);
        return Optional.empty();
    }

    /** @param failure the repository does not say */
    private record Found(boolean isThere, Optional<RegistryException> failure) {}

    /** A repository that we may not read, that is gone, or that no mirror has keeps no other from being looked into. */
    private Found look(Place place, Digest digest) throws IOException {
        String path = place.isManifest()
                ? ApiPaths.manifest(place.repository(), digest)
                : ApiPaths.blob(place.repository(), digest);
        try {
            boolean isThere = size(path, new Place(place.repository(), place.isManifest(), 0))
                    .isPresent();
            return new Found(isThere, Optional.empty());
        } catch (RegistryException e) {
            if (e.isUnanswered() && !client.hasMirrors()) {
                throw e;
            }
            return new Found(false, Optional.of(e));
        }
    }
}
