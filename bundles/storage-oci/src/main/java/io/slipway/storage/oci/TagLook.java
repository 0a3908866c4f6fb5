package io.slipway.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a registry's repositories, their tags, and which manifest each names: one HEAD a tag (distribution-spec,
 * "Listing Tags", "Checking if content exists in the registry"). What one repository or tag has wrong with it does not
 * keep others from being seen: what was known of it holds.
 */
final class TagLook {

    private static final Logger LOG = LoggerFactory.getLogger(TagLook.class);

    static final int MOST_REPOSITORIES = 10_000;
    static final int MOST_TAGS = 20_000;

    private static final int MOST_PAGES = 1_000;
    private static final int LARGEST_PAGE = 4 << 20;
    private static final int MOST_TOLD = 1_000;

    private final RegistryClient client;
    private final Repositories repositories;
    private final Lanes lanes;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    TagLook(RegistryClient client, Repositories repositories, Lanes lanes) {
        this.client = client;
        this.repositories = repositories;
        this.lanes = lanes;
    }

    /**
     * @param before what was seen the last time
     * @throws IOException the registry cannot be looked at now
     */
    Look run(Look before) throws IOException {
        Instant time = Instant.now();
        List<String> names = names();
        List<ImageRef> refs = new ArrayList<>();
        lanes.all(names, name -> refs(name, before)).forEach(refs::addAll);
        List<ImageRef> seen = most(refs, MOST_TAGS, "tags");
        List<Optional<Digest>> digests = lanes.all(seen, ref -> digest(ref, before));
        SortedMap<ImageRef, Digest> tags = new TreeMap<>();
        for (int i = 0; i < seen.size(); i++) {
            ImageRef ref = seen.get(i);
            digests.get(i).ifPresent(digest -> tags.put(ref, digest));
        }
        return new Look(time, tags, new TreeSet<>(names));
    }

    private <T> List<T> most(List<T> all, int most, String what) {
        if (all.size() <= most) {
            return all;
        }
        if (once("too many " + what)) {
            LOG.warn(
                    "registry {} has more than {} {}; the rest is passed over: name the repositories that hold images in"
                            + " {} (repositories)",
                    client.trouble().name(),
                    most,
                    what,
                    client.trouble().file());
        }
        return all.subList(0, most);
    }

    private List<String> names() throws IOException {
        Optional<List<String>> listed = repositories.listed();
        if (listed.isPresent()) {
            return listed.get();
        }
        List<String> wanted = catalog().stream()
                .filter(repositories::isWanted)
                .sorted()
                .distinct()
                .toList();
        return most(wanted, MOST_REPOSITORIES, "repositories");
    }

    /** Docker's {@code _catalog}: no part of the specification, and large registries do not have it. */
    private List<String> catalog() throws IOException {
        try {
            return list(ApiPaths.CATALOG, Scope.CATALOG, "repositories", MOST_REPOSITORIES);
        } catch (RegistryException e) {
            if (!e.isDenial() && e.status() != 405) {
                throw e;
            }
            throw new RegistryException(
                    e.getMessage() + "; or name the repositories in "
                            + client.trouble().file() + " (repositories), if this registry does not list them",
                    e.status(),
                    e);
        }
    }

    /** The tags of a repository; one without any may be gone. */
    private List<ImageRef> refs(String repository, Look before) throws IOException {
        try {
            List<String> tags = list(ApiPaths.tags(repository), Scope.pull(repository), "tags", MOST_TAGS);
            recovered(repository);
            return tags.stream()
                    .flatMap(tag -> repositories.ref(repository, tag).stream())
                    .sorted()
                    .distinct()
                    .toList();
        } catch (RegistryException e) {
            if (e.isUnanswered()) {
                throw e;
            }
            if (e.status() == 404) {
                return List.of();
            }
            failed(repository, e);
            return before.tags().keySet().stream()
                    .filter(ref -> repositories.of(ref).equals(repository))
                    .toList();
        }
    }

    private Optional<Digest> digest(ImageRef ref, Look before) throws IOException {
        String repository = repositories.of(ref);
        Call call = Call.head(ApiPaths.manifest(repository, ref), Scope.pull(repository))
                .with("Accept", Manifest.ACCEPTED);
        try (Answer answer = client.pull(call)) {
            recovered(ref.toString());
            if (answer.status() == 404) {
                return Optional.empty();
            }
            Optional<String> kind = answer.header("Content-Type").map(TagLook::mediaType);
            if (kind.isPresent() && !kind.get().equals(Manifest.MEDIA_TYPE)) {
                return passedOver(ref, kind.get());
            }
            Optional<String> digest = answer.header("Docker-Content-Digest");
            if (kind.isEmpty() || digest.isEmpty()) {
                return digestOfBytes(ref);
            }
            return Optional.of(Digest.parse(digest.get()));
        } catch (IllegalArgumentException notSha256) {
            return passedOver(ref, notSha256.getMessage());
        } catch (RegistryException e) {
            if (e.isUnanswered()) {
                throw e;
            }
            failed(ref.toString(), e);
            return Optional.ofNullable(before.tags().get(ref));
        }
    }

    /** Of a registry that does not tell digests, or kinds. */
    private Optional<Digest> digestOfBytes(ImageRef ref) throws IOException {
        String repository = repositories.of(ref);
        Call call = Call.get(ApiPaths.manifest(repository, ref), Scope.pull(repository))
                .with("Accept", Manifest.ACCEPTED)
                .expecting(200, 404);
        try (Answer answer = client.pull(call)) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            byte[] bytes = read(answer, Manifest.LARGEST);
            try {
                Manifest.parse(bytes);
                return Optional.of(Digest.ofContent(bytes));
            } catch (IOException e) {
                return passedOver(ref, e.getMessage());
            }
        }
    }

    private Optional<Digest> passedOver(ImageRef ref, String why) {
        String what = Trouble.clean(why);
        if (once(ref + " " + what)) {
            LOG.info(
                    "registry {}: {} is passed over, as it is no OCI image manifest ({})",
                    client.trouble().name(),
                    ref,
                    what);
        }
        return Optional.empty();
    }

    /** @param what a repository, or a tag of one */
    private void failed(String what, RegistryException why) {
        if (failing.size() < MOST_TOLD && failing.add(what)) {
            LOG.warn(
                    "registry {}: {} cannot be read, and stays as it was: {}",
                    client.trouble().name(),
                    what,
                    why.getMessage());
        }
    }

    private void recovered(String what) {
        if (failing.remove(what)) {
            LOG.info("registry {}: {} can be read again", client.trouble().name(), what);
        }
    }

    private boolean once(String what) {
        return told.size() < MOST_TOLD && told.add(what);
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    /** All pages of a list (distribution-spec, "Listing Tags"): each names the next. */
    private List<String> list(String path, Scope scope, String key, int most) throws IOException {
        List<String> all = new ArrayList<>();
        String next = path;
        for (int pages = 0; pages < MOST_PAGES && all.size() <= most; pages++) {
            try (Answer answer = client.pull(Call.get(next, scope))) {
                page(answer, key).forEach(all::add);
                Optional<String> link = NextLink.in(answer.headers("Link"));
                if (link.isEmpty()) {
                    return all;
                }
                next = following(answer, link.get());
            }
        }
        return all;
    }

    private List<String> page(Answer answer, String key) throws IOException {
        try {
            JsonNode items = Json.object(read(answer, LARGEST_PAGE)).path(key);
            if (!items.isArray() && !items.isNull()) {
                throw new IOException("there are no " + key + " in it");
            }
            List<String> texts = new ArrayList<>();
            items.forEach(item -> texts.add(item.asText()));
            return texts;
        } catch (RegistryException e) {
            throw e;
        } catch (IOException e) {
            throw client.trouble().broken("GET", answer, e.getMessage());
        }
    }

    private byte[] read(Answer answer, int most) throws IOException {
        try {
            return answer.bytes(most);
        } catch (IOException e) {
            throw client.trouble().broken("GET", answer, e.getMessage());
        }
    }

    /** Where the next page is: at the same address, and below the API, or it is not gone to. */
    private String following(Answer answer, String link) throws RegistryException {
        try {
            URI next = answer.address().resolve(link);
            String path = next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
            if (Origin.of(next).equals(Origin.of(answer.address()))
                    && path.startsWith("/v2/")
                    && !next.equals(answer.address())) {
                return path;
            }
            throw new IllegalArgumentException("it leads elsewhere");
        } catch (IllegalArgumentException e) {
            throw client.trouble().broken("GET", answer, "its next page is at '" + Trouble.shown(link) + "'");
        }
    }
}
