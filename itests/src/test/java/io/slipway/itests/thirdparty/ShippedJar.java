package io.slipway.itests.thirdparty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A jar of others in the distribution.
 *
 * @param name as Maven calls it, with its classifier where it has one
 * @param version as Maven calls it
 * @param file in the distribution
 */
record ShippedJar(String name, String version, Path file) {

    /** {@code system/group/artifact/version/artifact-version[-classifier].jar} */
    private static final Pattern IN_REPOSITORY = Pattern.compile(".*/([^/]+)/([^/]+)/\\1-\\2(-[^/]+)?\\.jar");

    private static final Pattern IN_FOLDER = Pattern.compile("(?:.*/)?([^/]+)-(\\d[^-/]*)\\.jar");

    /** What a licence is recognised by, in a manifest or at the head of a licence's text, and its name at SPDX. */
    private static final Map<Pattern, String> KNOWN = Map.of(
            Pattern.compile("(?i)apache(-2\\.0|\\.org/licenses/LICENSE-2\\.0|\\s+license,?\\s+version\\s+2\\.0)"),
            "Apache-2.0",
            Pattern.compile("(?i)BSD-3-Clause|edl-v10|Eclipse Distribution License"),
            "BSD-3-Clause",
            Pattern.compile("(?i)javax\\.annotation/.*LICENSE"),
            "CDDL-1.1 or GPL-2.0-only with Classpath-exception-2.0");

    static ShippedJar of(Path file) {
        Matcher matcher = Stream.of(IN_REPOSITORY, IN_FOLDER)
                .map(pattern -> pattern.matcher(file.toString()))
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " has no version in its name"));
        String classifier = matcher.groupCount() == 3 && matcher.group(3) != null ? matcher.group(3) : "";
        return new ShippedJar(matcher.group(1) + classifier, matcher.group(2), file);
    }

    /** The licence that the jar itself names; empty when it names none that is known here. */
    Optional<String> licence() throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String header =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-License");
            Optional<String> named = header == null ? Optional.empty() : recognised(header);
            return named.isPresent() ? named : recognised(textIn(jar));
        }
    }

    static Optional<String> recognised(String text) {
        return KNOWN.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(text).find())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The head of the licence's text, for what follows speaks of other parts. */
    private static String textIn(JarFile jar) throws IOException {
        for (String name : new String[] {"META-INF/LICENSE", "META-INF/LICENSE.txt", "META-INF/LICENSE.md"}) {
            ZipEntry entry = jar.getEntry(name);
            if (entry != null) {
                String text = new String(jar.getInputStream(entry).readNBytes(400), StandardCharsets.UTF_8);
                return text.replaceAll("\\s+", " ");
            }
        }
        return "";
    }
}
