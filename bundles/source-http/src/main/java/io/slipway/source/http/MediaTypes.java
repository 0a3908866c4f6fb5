package io.slipway.source.http;

import io.slipway.boot.BootFile;
import java.util.Locale;
import java.util.Map;

/** What a file's name says of its content. What the other server says of it is of its own configuration. */
final class MediaTypes {

    /** UEFI firmware tells a program, a CD and a disk apart by these (UEFI 2.10, section 24.7.3.1; edk2). */
    private static final Map<String, String> BY_EXTENSION = Map.of(
            "efi", "application/efi",
            "iso", "application/vnd.efi-iso",
            "img", "application/vnd.efi-img",
            "txt", "text/plain; charset=utf-8",
            "cfg", "text/plain; charset=utf-8",
            "ipxe", "text/plain; charset=utf-8",
            "json", "application/json");

    private MediaTypes() {}

    static String of(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.getOrDefault(extension, BootFile.OCTET_STREAM);
    }
}
