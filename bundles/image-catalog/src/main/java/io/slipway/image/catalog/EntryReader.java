package io.slipway.image.catalog;

import io.slipway.image.Digest;
import io.slipway.image.ImageFile;
import io.slipway.image.catalog.net.Urls;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the entries of one file of the catalogue. docs/images.md explains the format. */
final class EntryReader {

    private static final Set<String> ROLES =
            Set.of(ImageFile.KERNEL, ImageFile.INITRD, ImageFile.ROOTFS, ImageFile.ISO, ImageFile.NBP, ImageFile.OTHER);

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");
    private static final int LONGEST_NAME = 100;

    /** What needs no escape in an address (RFC 3986 section 3.3), and no colon, which would make it absolute. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~+@=,-]+(?:/[A-Za-z0-9._~+@=,-]+)*");

    /** Of a key of version 4 or 6 (RFC 9580 section 5.5.4). */
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{40}|[0-9A-F]{64}");

    private static final int LONGEST_TITLE = 100;

    /** Only its form is needed, to ask an image's file whether a path may be one. */
    private static final Digest ANY = new Digest("0".repeat(64));

    private EntryReader() {}

    /**
     * @param file for messages
     * @throws RefusedFileException the first thing that is wrong
     */
    static List<CatalogEntry> read(String file, byte[] bytes) throws RefusedFileException {
        Optional<YamlValue> document = YamlValue.parse(file, bytes);
        List<CatalogEntry> entries = new ArrayList<>();
        if (document.isEmpty()) {
            return entries;
        }
        Map<String, YamlValue> top = document.get().mapping("a mapping with the key entries", Set.of("entries"));
        YamlValue named = document.get().get(top, "entries");
        for (Map.Entry<String, YamlValue> entry :
                named.mapping("a mapping of names to entries").entrySet()) {
            entries.add(entry(entry.getKey(), entry.getValue()));
        }
        return entries;
    }

    private static CatalogEntry entry(String name, YamlValue value) throws RefusedFileException {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw value.refuse("name '" + Problem.shorten(name, LONGEST_NAME)
                    + "'; expected lower-case letters, digits and . _ - between them, such as debian-12-amd64");
        }
        Map<String, YamlValue> keys = value.mapping(
                "an entry",
                Set.of(
                        "title",
                        "architecture",
                        "base",
                        "checksums",
                        "trust",
                        "keyring",
                        "package",
                        "fingerprints",
                        "files",
                        "arguments",
                        "verified"));
        URI base = base(value.get(keys, "base"));
        Trust trust = trust(value, keys);
        if (trust instanceof Trust.None && !Urls.isHttps(base)) {
            throw value.get(keys, "base").refuse("expected an address of https, since nothing is signed");
        }
        Optional<YamlValue> arguments = Optional.ofNullable(keys.get("arguments"));
        return new CatalogEntry(
                name,
                title(value.get(keys, "title")),
                value.get(keys, "architecture").text("an architecture, such as amd64"),
                base,
                path(value.get(keys, "checksums"), "the path of a file with SHA-256 sums, relative to base"),
                trust,
                files(value.get(keys, "files")),
                arguments.isPresent() ? Optional.of(arguments.get().text("arguments of a kernel")) : Optional.empty(),
                value.get(keys, "verified").flag());
    }

    private static String title(YamlValue value) throws RefusedFileException {
        String title = value.text("a title");
        if (title.length() > LONGEST_TITLE) {
            throw value.refuse("a title of " + title.length() + " characters; at most " + LONGEST_TITLE);
        }
        return title;
    }

    /** Its path is as plain as those that are put behind it: else they would not lie below it. */
    private static URI base(YamlValue value) throws RefusedFileException {
        String expected =
                "an address that begins with https:// or http://, with a plain path and without user, query and"
                        + " fragment";
        String text = value.text(expected);
        URI base = Urls.parse(text.endsWith("/") ? text : text + "/")
                .orElseThrow(() -> value.refuse("expected " + expected));
        String path = base.getRawPath().replaceFirst("^/", "").replaceFirst("/$", "");
        if (base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null
                || !(path.isEmpty() || isPlain(path))) {
            throw value.refuse("expected " + expected);
        }
        // Not as it is written: an empty port goes when an address is resolved.
        return URI.create(Urls.shown(base));
    }

    private static Trust trust(YamlValue entry, Map<String, YamlValue> keys) throws RefusedFileException {
        YamlValue value = entry.get(keys, "trust");
        if (value.isText()) {
            return switch (value.text("a kind of trust")) {
                case "none" -> none(keys);
                case "clear-signed" -> new Trust.ClearSigned(keys(entry, keys));
                default -> throw value.refuse("expected release, signature, clear-signed or none");
            };
        }
        Map<String, YamlValue> parts =
                value.mapping("none, clear-signed or a mapping", Set.of("release", "signature", "suite", "outdated"));
        Optional<YamlValue> signature = Optional.ofNullable(parts.get("signature"));
        Optional<String> signaturePath = signature.isPresent()
                ? Optional.of(path(signature.get(), "the path of a signature, relative to base"))
                : Optional.empty();
        if (!parts.containsKey("release")) {
            if (signaturePath.isEmpty() || parts.size() > 1) {
                throw value.refuse("expected release and suite, or a signature alone");
            }
            return new Trust.Detached(signaturePath.get(), keys(entry, keys));
        }
        String release = path(value.get(parts, "release"), "the path of a Release or InRelease file");
        String folder = release.substring(0, release.lastIndexOf('/') + 1);
        YamlValue checksums = entry.get(keys, "checksums");
        if (!checksums.text("a path").startsWith(folder)) {
            throw checksums.refuse("expected a path below " + folder + ", whose Release file lists it");
        }
        Optional<YamlValue> outdated = Optional.ofNullable(parts.get("outdated"));
        return new Trust.Release(
                release,
                signaturePath,
                value.get(parts, "suite").text("a suite or codename, such as bookworm"),
                outdated.isPresent() && outdated.get().flag(),
                keys(entry, keys));
    }

    private static Trust none(Map<String, YamlValue> keys) throws RefusedFileException {
        for (String key : List.of("keyring", "package", "fingerprints")) {
            if (keys.containsKey(key)) {
                throw keys.get(key).refuse("'" + key + "' is of no use where trust is none");
            }
        }
        return new Trust.None();
    }

    private static Trust.Keys keys(YamlValue entry, Map<String, YamlValue> keys) throws RefusedFileException {
        YamlValue keyring = entry.get(keys, "keyring");
        String file = keyring.text("a file of public keys");
        if (file.contains("/") && !file.startsWith("/")) {
            throw keyring.refuse("expected an absolute path, or a name in one of the folders for keyrings");
        }
        Optional<YamlValue> source = Optional.ofNullable(keys.get("package"));
        Set<String> fingerprints = new LinkedHashSet<>();
        Optional<YamlValue> listed = Optional.ofNullable(keys.get("fingerprints"));
        if (listed.isPresent()) {
            for (String text : listed.get().texts("fingerprints")) {
                String bare = text.replace(" ", "").toUpperCase(Locale.ROOT);
                if (!FINGERPRINT.matcher(bare).matches()) {
                    throw listed.get().refuse("expected fingerprints of 40 or 64 hexadecimal digits");
                }
                fingerprints.add(bare);
            }
        }
        return new Trust.Keys(
                file,
                source.isPresent() ? Optional.of(source.get().text("the name of a package")) : Optional.empty(),
                fingerprints);
    }

    private static List<CatalogFile> files(YamlValue value) throws RefusedFileException {
        List<CatalogFile> files = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (YamlValue item : value.items("a list of files")) {
            Map<String, YamlValue> keys = item.mapping("a file", Set.of("file", "path", "role"));
            String file = path(item.get(keys, "file"), "the path of a file, relative to the file of checksums");
            Optional<YamlValue> named = Optional.ofNullable(keys.get("path"));
            YamlValue place = named.orElse(item.get(keys, "file"));
            String path = named.isPresent() ? named.get().text("a path in the image") : file;
            Optional<YamlValue> role = Optional.ofNullable(keys.get("role"));
            Optional<String> known = role.isPresent() ? Optional.of(role(role.get())) : Optional.empty();
            try {
                files.add(new CatalogFile(
                        file, new ImageFile(path, known.orElse(ImageFile.OTHER), ANY, 0).path(), known));
            } catch (IllegalArgumentException e) {
                throw place.refuse(String.valueOf(e.getMessage()));
            }
            if (!paths.add(path)) {
                throw place.refuse("path '" + path + "' is here twice");
            }
        }
        if (files.isEmpty()) {
            throw value.refuse("expected at least one file");
        }
        return files;
    }

    private static String role(YamlValue value) throws RefusedFileException {
        String role = value.text("a role");
        if (!ROLES.contains(role)) {
            throw value.refuse("expected one of "
                    + String.join(", ", ROLES.stream().sorted().toList()));
        }
        return role;
    }

    private static String path(YamlValue value, String what) throws RefusedFileException {
        String path = value.text(what);
        if (!isPlain(path)) {
            throw value.refuse("expected " + what + ", of letters, digits and . _ ~ + @ = , - between slashes");
        }
        return path;
    }

    private static boolean isPlain(String path) {
        return PATH.matcher(path).matches()
                && List.of(path.split("/", -1)).stream().noneMatch(part -> part.equals(".") || part.equals(".."));
    }
}
