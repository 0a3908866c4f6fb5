package io.slipway.image.store.source;

import java.util.List;

/**
 * What of a disc a person wants to boot: {@code kernel=… initrd=…}.
 *
 * @param kernel its path on the disc
 * @param initrds their paths on the disc, in the order in which a machine loads them; may be none
 */
public record NamedFiles(String kernel, List<String> initrds) {

    public NamedFiles {
        kernel = fromRoot("kernel", kernel);
        initrds = initrds.stream().map(initrd -> fromRoot("initrd", initrd)).toList();
    }

    private static String fromRoot(String what, String path) {
        String relative = path.strip().replaceFirst("^/+", "");
        if (relative.isEmpty()) {
            throw new IllegalArgumentException(
                    what + "=" + Names.shown(path) + "; expected a path on the disc, such as boot/vmlinuz");
        }
        return relative;
    }
}
