package io.slipway.image.store.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.ImageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Families of discs out of JSON. Whatever is not understood is refused: a typing error must not pass for a rule. */
final class DiscFamilyReader {

    private static final Set<String> FAMILY =
            Set.of("id", "markers", "description", "boot", "files", "arguments", "note");
    private static final Set<String> MARKER = Set.of("file", "label", "text", "optional");
    private static final Set<String> ROLES =
            Set.of(ImageFile.KERNEL, ImageFile.INITRD, ImageFile.ROOTFS, ImageFile.ISO, ImageFile.NBP, ImageFile.OTHER);

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Set<String> OF_ARGUMENTS = Set.of("image", "iso", "*");

    private DiscFamilyReader() {}

    /** @throws IOException names the family and what is wrong with it */
    static List<DiscFamily> read(byte[] json) throws IOException {
        ObjectNode root = StrictJson.object(json);
        StrictJson.onlyKeys(root, Set.of("families"));
        List<DiscFamily> families = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ObjectNode entry : StrictJson.objects(root, "families")) {
            DiscFamily family = family(entry);
            if (!ids.add(family.id())) {
                throw new IOException("there are two families '" + family.id() + "'");
            }
            families.add(family);
        }
        return List.copyOf(families);
    }

    private static DiscFamily family(ObjectNode entry) throws IOException {
        String id = StrictJson.text(entry, "id").orElse("");
        if (!ID.matcher(id).matches()) {
            throw new IOException("a family has the id '" + Names.shown(id)
                    + "'; expected lower-case letters, digits and -, such as debian-live");
        }
        try {
            StrictJson.onlyKeys(entry, FAMILY);
            DiscFamily family = new DiscFamily(
                    id,
                    markers(entry),
                    StrictJson.text(entry, "description").orElse("${label}"),
                    boots(entry),
                    extras(entry),
                    line(entry, "arguments"),
                    line(entry, "note"));
            check(family);
            return family;
        } catch (IOException e) {
            throw new IOException("family '" + id + "': " + e.getMessage(), e);
        }
    }

    private static void check(DiscFamily family) throws IOException {
        if (family.markers().stream().allMatch(DiscFamily.Marker::optional)) {
            throw new IOException("expected markers, and one of them not optional: else it would be every disc");
        }
        if (family.boots().isEmpty() && family.files().isEmpty()) {
            throw new IOException("expected boot or files: what is handed over beside the disc");
        }
        Set<String> groups = new HashSet<>(Set.of("label"));
        for (DiscFamily.Marker marker : family.markers()) {
            groups.addAll(marker.groups());
        }
        onlyPlaceholders("description", family.description(), groups);
        onlyPlaceholders("arguments", family.arguments(), OF_ARGUMENTS);
        if (family.arguments().contains("${*}")
                && family.boots().stream().anyMatch(boot -> !boot.kernel().contains("*"))) {
            throw new IOException("arguments have ${*}, and not every kernel has a *");
        }
    }

    private static void onlyPlaceholders(String key, String pattern, Set<String> known) throws IOException {
        Matcher found = DiscFamily.PLACEHOLDER.matcher(pattern);
        while (found.find()) {
            if (!known.contains(found.group(1))) {
                throw new IOException(key + " has ${" + Names.shown(found.group(1)) + "}; expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static List<DiscFamily.Marker> markers(ObjectNode entry) throws IOException {
        List<DiscFamily.Marker> markers = new ArrayList<>();
        for (ObjectNode marker : StrictJson.objects(entry, "markers")) {
            StrictJson.onlyKeys(marker, MARKER);
            List<String> files = paths(marker, "file");
            Optional<String> label = StrictJson.text(marker, "label");
            Optional<String> text = StrictJson.text(marker, "text");
            if (files.isEmpty() == label.isEmpty() || (label.isPresent() && text.isPresent())) {
                throw new IOException("a marker has file, or file and text, or label");
            }
            Optional<Pattern> pattern = pattern(label.isPresent() ? label : text);
            markers.add(new DiscFamily.Marker(files, pattern, StrictJson.flag(marker, "optional")));
        }
        return markers;
    }

    private static Optional<Pattern> pattern(Optional<String> text) throws IOException {
        try {
            return text.map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new IOException(
                    "'" + Names.shown(text.orElse("")) + "' is no regular expression: "
                            + Names.shown(e.getDescription()),
                    e);
        }
    }

    private static List<DiscFamily.Boot> boots(ObjectNode entry) throws IOException {
        List<DiscFamily.Boot> boots = new ArrayList<>();
        for (ObjectNode boot : StrictJson.objects(entry, "boot")) {
            StrictJson.onlyKeys(boot, Set.of("kernel", "initrds"));
            String kernel = path("kernel", StrictJson.text(boot, "kernel").orElse(""));
            List<String> initrds = paths(boot, "initrds");
            int star = kernel.indexOf('*');
            if (star >= 0 && (kernel.indexOf('*', star + 1) >= 0 || kernel.indexOf('/', star) >= 0)) {
                throw new IOException("kernel is '" + kernel + "'; expected one * at most, in the file's name");
            }
            if (star < 0 && initrds.stream().anyMatch(initrd -> initrd.contains("*"))) {
                throw new IOException("initrds have a *, and kernel '" + kernel + "' has none");
            }
            boots.add(new DiscFamily.Boot(kernel, initrds));
        }
        return boots;
    }

    private static List<DiscFamily.Extra> extras(ObjectNode entry) throws IOException {
        List<DiscFamily.Extra> extras = new ArrayList<>();
        for (ObjectNode file : StrictJson.objects(entry, "files")) {
            StrictJson.onlyKeys(file, Set.of("path", "role"));
            List<String> paths = paths(file, "path");
            String role = StrictJson.text(file, "role").orElse(ImageFile.OTHER);
            if (paths.isEmpty() || !ROLES.contains(role)) {
                throw new IOException("files have " + Names.shown(file.toString()) + "; expected a path, and a role of "
                        + String.join(", ", ROLES.stream().sorted().toList()));
            }
            extras.add(new DiscFamily.Extra(paths, role));
        }
        return extras;
    }

    private static List<String> paths(JsonNode object, String key) throws IOException {
        List<String> paths = StrictJson.texts(object, key);
        for (String path : paths) {
            path(key, path);
        }
        return paths;
    }

    private static String path(String key, String path) throws IOException {
        if (path.isEmpty()
                || path.startsWith("/")
                || path.endsWith("/")
                || path.chars().anyMatch(Character::isISOControl)) {
            throw new IOException(key + " has the path '" + Names.shown(path)
                    + "'; expected one from the root of the disc, without a slash at its begin");
        }
        return path;
    }

    /** Control characters in arguments would begin a line of their own in a boot menu. */
    private static String line(ObjectNode entry, String key) throws IOException {
        String line = StrictJson.text(entry, key).orElse("");
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IOException(key + " has a control character; expected one line");
        }
        return line;
    }
}
