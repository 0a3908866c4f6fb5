package io.slipway.image;

import java.util.Objects;

/**
 * One file of an image.
 *
 * @param path relative, {@code /}-separated, without {@code .} or {@code ..} or control characters; the name under
 *     which machines fetch it
 * @param role what it is for: {@link #KERNEL}, {@link #INITRD} and the others here; further roles may come
 * @param size in bytes
 */
public record ImageFile(String path, String role, Digest digest, long size) {

    public static final String KERNEL = "kernel";
    public static final String INITRD = "initrd";
    /** A root file system: squashfs and the like. */
    public static final String ROOTFS = "rootfs";
    /** A disc image; files in it are served as {@code <its path>/<their path in it>}. */
    public static final String ISO = "iso";
    /** A network bootstrap program, or another EFI program that firmware starts. */
    public static final String NBP = "nbp";

    public static final String OTHER = "other";

    public ImageFile {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(digest, "digest");
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " of '" + path + "'");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "image path '" + path.replaceAll("\\p{Cc}", "?") + "'; expected no control characters");
        }
        if (path.isEmpty() || path.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("image path '" + path + "'; expected a relative path");
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("image path '" + path + "'; expected no empty, . or .. segment");
            }
        }
    }
}
