package io.slipway.storage.oci;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;

/** The paths of a registry's API (distribution-spec, "Endpoints"). Names of repositories need no encoding. */
final class ApiPaths {

    static final String CATALOG = "/v2/_catalog";

    private ApiPaths() {}

    static String tags(String repository) {
        return "/v2/" + repository + "/tags/list";
    }

    static String manifest(String repository, Digest digest) {
        return "/v2/" + repository + "/manifests/" + digest;
    }

    static String manifest(String repository, ImageRef ref) {
        return "/v2/" + repository + "/manifests/" + ref.tag();
    }

    static String blob(String repository, Digest digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    static String mount(String repository, Digest digest, String from) {
        return uploads(repository) + "?mount=" + digest.toString().replace(":", "%3A") + "&from="
                + from.replace("/", "%2F");
    }
}
