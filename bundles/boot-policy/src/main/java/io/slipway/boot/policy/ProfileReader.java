package io.slipway.boot.policy;

import io.slipway.image.ImageRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one profile. */
final class ProfileReader {

    private static final Set<String> KEYS =
            Set.of("title", "image", "kernel", "initrd", "arguments", "loader", "efi", "local");
    private static final Pattern LOADER = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    /** The same characters as in a boot entry's path, which this becomes a part of. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~+@%=/-]+");

    private static final Set<String> NO_NAMES = Set.of("", ".", "..");
    /** What the loader itself puts on the kernel's command line. */
    private static final Pattern LOADERS_ARGUMENT = Pattern.compile("(^|.* )(initrd|BOOT_IMAGE)=.*");

    /** No kernel takes more: COMMAND_LINE_SIZE is 2048 on x86 and arm64, 4096 elsewhere. */
    private static final int MAX_ARGUMENTS = 4095;

    private final String name;
    private final Place place;
    private final YamlMapping profile;

    private ProfileReader(String name, Place place, YamlMapping profile) {
        this.name = name;
        this.place = place;
        this.profile = profile;
    }

    static Profile read(String name, YamlMapping.Entry entry) throws PolicyException {
        YamlMapping mapping = entry.value().mapping("a profile's keys", KEYS);
        return new ProfileReader(name, entry.key().place(), mapping).read();
    }

    private Profile read() throws PolicyException {
        return new Profile(name, profile.title().orElse(name), payload(), loader(), place);
    }

    private Profile.Payload payload() throws PolicyException {
        Optional<YamlValue> local = profile.find("local");
        if (local.isPresent() && local.get().flag("true or false")) {
            profile.forbid(List.of("image", "kernel", "initrd", "arguments", "efi"), "makes no sense with local: true");
            return new Profile.Local();
        }
        if (profile.find("image").isEmpty()) {
            throw new PolicyException(
                    place,
                    "profile '" + name + "' has nothing to boot; expected 'image: NAME:TAG' " + "or 'local: true'");
        }
        ImageRef image = image(profile.get("image"));
        if (profile.find("efi").isPresent()) {
            profile.forbid(List.of("kernel", "initrd"), "makes no sense with 'efi'");
            return new Profile.Efi(image, path(profile.get("efi")), arguments());
        }
        Optional<YamlValue> kernel = profile.find("kernel");
        return new Profile.Linux(
                image, kernel.isPresent() ? Optional.of(path(kernel.get())) : Optional.empty(), initrds(), arguments());
    }

    private Optional<List<String>> initrds() throws PolicyException {
        Optional<YamlValue> value = profile.find("initrd");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        for (YamlValue item : value.get().items()) {
            paths.add(path(item));
        }
        return Optional.of(paths);
    }

    private String arguments() throws PolicyException {
        Optional<YamlValue> value = profile.find("arguments");
        if (value.isEmpty()) {
            return "";
        }
        String arguments = String.join(" ", value.get().texts("arguments")).strip();
        if (LOADERS_ARGUMENT.matcher(arguments).matches()) {
            throw value.get().refuse("initrd= and BOOT_IMAGE= are written by the loader; name files under 'initrd'");
        }
        if (arguments.length() > MAX_ARGUMENTS) {
            throw value.get().refuse("arguments of " + arguments.length() + " characters; at most " + MAX_ARGUMENTS);
        }
        return arguments;
    }

    private Optional<String> loader() throws PolicyException {
        Optional<String> loader = profile.text("loader", "a loader's name");
        if (loader.isPresent() && !LOADER.matcher(loader.get()).matches()) {
            throw profile.get("loader").refuse("loader '" + loader.get() + "'; expected a name such as grub");
        }
        return loader;
    }

    private static ImageRef image(YamlValue value) throws PolicyException {
        String text = value.text("an image such as debian-12:current");
        try {
            return ImageRef.parse(text);
        } catch (IllegalArgumentException e) {
            throw value.refuse(e.getMessage());
        }
    }

    private static String path(YamlValue value) throws PolicyException {
        String path = value.text("a path in the image");
        if (!PATH.matcher(path).matches()
                || List.of(path.split("/", -1)).stream().anyMatch(NO_NAMES::contains)) {
            throw value.refuse("path '" + YamlComplaint.shorten(path)
                    + "'; expected a relative path in the image, of letters, digits and . _ ~ + @ % = / -");
        }
        return path;
    }
}
