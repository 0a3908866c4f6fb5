package io.slipway.storage.oci;

import java.util.ArrayList;
import java.util.List;

/**
 * What a token is to allow (Docker's token authentication, "scope"; distribution-spec leaves it to that).
 *
 * @param entries such as {@code repository:lab/debian-12:pull}
 */
record Scope(List<String> entries) {

    static final Scope CATALOG = new Scope(List.of("registry:catalog:*"));

    Scope {
        entries = List.copyOf(entries);
    }

    static Scope pull(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull"));
    }

    static Scope push(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull,push"));
    }

    static Scope delete(String repository) {
        return new Scope(List.of("repository:" + repository + ":delete"));
    }

    Scope and(Scope other) {
        List<String> both = new ArrayList<>(entries);
        both.addAll(other.entries);
        return new Scope(both);
    }
}
