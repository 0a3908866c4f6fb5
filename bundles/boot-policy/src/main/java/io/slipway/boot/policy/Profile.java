package io.slipway.boot.policy;

import io.slipway.image.ImageRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to boot.
 *
 * @param name also the id of its menu entry
 * @param title what the person at the console reads
 * @param loader the name of the preferred loader
 */
public record Profile(String name, String title, Payload payload, Optional<String> loader, Place place) {

    public Profile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(place, "place");
    }

    /** What is started. */
    public sealed interface Payload {}

    /**
     * A Linux kernel.
     *
     * @param kernel its path in the image; empty: the image's only kernel
     * @param initrds their paths in the image; empty: the only initrd beside the kernel, or else the only one of the
     *     image, if any
     */
    public record Linux(ImageRef image, Optional<String> kernel, Optional<List<String>> initrds, String arguments)
            implements Payload {
        public Linux {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(kernel, "kernel");
            initrds = initrds.map(List::copyOf);
            Objects.requireNonNull(arguments, "arguments");
        }

        @Override
        public String toString() {
            return image + kernel.map(path -> " " + path).orElse("");
        }
    }

    /** An EFI program, by its path in an image. */
    public record Efi(ImageRef image, String path, String arguments) implements Payload {
        public Efi {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(arguments, "arguments");
        }

        @Override
        public String toString() {
            return image + " " + path;
        }
    }

    /** The next boot device. */
    public record Local() implements Payload {
        @Override
        public String toString() {
            return "next boot device";
        }
    }
}
