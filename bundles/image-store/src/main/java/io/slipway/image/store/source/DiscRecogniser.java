package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.disc.codec.DiscFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what a disc is, by the first family whose markers and boot files are on it. */
record DiscRecogniser(DiscFamilies families) {

    /** In bytes; what marks a disc is a line or a page. */
    private static final int LARGEST_TEXT = 64 * 1024;

    /** How many kernels with a version in their name are looked at. */
    private static final int MOST_KERNELS = 100;

    private static final int LONGEST_DESCRIPTION = 200;

    /** It comes from a name on the disc, and goes into a kernel's arguments. */
    private static final Pattern STAR = Pattern.compile("[A-Za-z0-9._+~-]+");

    /** @throws IOException the disc cannot be read */
    Optional<Recognition> recognise(Disc disc) throws IOException {
        for (DiscFamily family : families.all()) {
            Map<String, String> groups = new HashMap<>(Map.of("label", disc.label()));
            if (!marked(family, disc, groups)) {
                continue;
            }
            Optional<DiscBoot> boot = boot(family, disc);
            Map<DiscFile, String> extras = extras(family, disc);
            if (boot.isPresent() || (family.boots().isEmpty() && !extras.isEmpty())) {
                return Optional.of(new Recognition(description(family, groups), boot, extras, family.note()));
            }
        }
        return Optional.empty();
    }

    private static boolean marked(DiscFamily family, Disc disc, Map<String, String> groups) throws IOException {
        for (DiscFamily.Marker marker : family.markers()) {
            if (!isThere(marker, disc, groups) && !marker.optional()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isThere(DiscFamily.Marker marker, Disc disc, Map<String, String> groups) throws IOException {
        if (marker.ofLabel()) {
            return matches(marker, disc.label(), groups);
        }
        for (String path : marker.files()) {
            Optional<DiscFile> file = disc.find(path);
            if (file.isPresent() && (marker.text().isEmpty() || matches(marker, text(disc, file.get()), groups))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(DiscFamily.Marker marker, String text, Map<String, String> groups) {
        Optional<Matcher> found =
                marker.text().map(pattern -> pattern.matcher(text)).filter(Matcher::find);
        if (found.isEmpty()) {
            return false;
        }
        for (String name : marker.groups()) {
            Optional.ofNullable(found.get().group(name)).ifPresent(value -> groups.put(name, value));
        }
        return true;
    }

    /** Nothing, when the file is no text of a page. */
    private static String text(Disc disc, DiscFile file) throws IOException {
        if (file.size() > LARGEST_TEXT) {
            return "";
        }
        try (InputStream bytes = disc.open(file)) {
            return new String(bytes.readNBytes(LARGEST_TEXT), UTF_8);
        }
    }

    private static Optional<DiscBoot> boot(DiscFamily family, Disc disc) throws IOException {
        for (DiscFamily.Boot boot : family.boots()) {
            for (String star : stars(boot.kernel(), disc)) {
                Optional<DiscFile> kernel = disc.find(boot.kernel().replace("*", star));
                List<DiscFile> initrds = new ArrayList<>();
                for (String initrd : boot.initrds()) {
                    disc.find(initrd.replace("*", star)).ifPresent(initrds::add);
                }
                if (kernel.isPresent() && initrds.size() == boot.initrds().size()) {
                    String arguments = family.arguments().replace("${*}", star);
                    return Optional.of(new DiscBoot(kernel.get(), initrds, arguments));
                }
            }
        }
        return Optional.empty();
    }

    /** What may stand for the star: of versions, the highest first; one that is not used, when there is no star. */
    private static List<String> stars(String kernel, Disc disc) throws IOException {
        int star = kernel.indexOf('*');
        if (star < 0) {
            return List.of("");
        }
        String before = kernel.substring(0, star);
        String after = kernel.substring(star + 1);
        List<DiscFile> kernels = disc.files(
                path -> path.length() > before.length() + after.length()
                        && path.startsWith(before)
                        && path.endsWith(after)
                        && STAR.matcher(path.substring(before.length(), path.length() - after.length()))
                                .matches(),
                MOST_KERNELS);
        return kernels.stream()
                .map(DiscFile::path)
                .map(path -> path.substring(before.length(), path.length() - after.length()))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static Map<DiscFile, String> extras(DiscFamily family, Disc disc) throws IOException {
        Map<DiscFile, String> extras = new LinkedHashMap<>();
        for (DiscFamily.Extra extra : family.files()) {
            for (String path : extra.paths()) {
                Optional<DiscFile> file = disc.find(path);
                if (file.isPresent()) {
                    extras.putIfAbsent(file.get(), extra.role());
                    break;
                }
            }
        }
        return extras;
    }

    private static String description(DiscFamily family, Map<String, String> groups) {
        String text = DiscFamily.PLACEHOLDER
                .matcher(family.description())
                .replaceAll(found -> Matcher.quoteReplacement(groups.getOrDefault(found.group(1), "")));
        String line = Names.shown(text.strip()).replace(" ()", "").strip();
        if (line.isEmpty()) {
            line = Names.shown(groups.get("label").strip());
        }
        if (line.isEmpty()) {
            return family.id();
        }
        return line.length() <= LONGEST_DESCRIPTION ? line : line.substring(0, LONGEST_DESCRIPTION);
    }
}
