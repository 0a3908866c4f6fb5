package io.slipway.itests.thirdparty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The unpacked distribution, seen as what others wrote of it.
 *
 * @param home its folder
 * @param features {@code artifact/version} to the Karaf features that name it
 */
record Shipped(Path home, Map<String, Set<String>> features) {

    private static final Pattern BUNDLE = Pattern.compile("mvn:([^/<]+)/([^/<]+)/([^/<\\s]+)");
    private static final int NAMED = 2;

    static Shipped unpack(Path folder) throws Exception {
        String archive = System.getProperty("slipway.assembly");
        Process tar = new ProcessBuilder("tar", "xzf", archive, "-C", folder.toString(), "--strip-components=1")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot unpack " + archive);
        }
        return new Shipped(folder, features(folder));
    }

    /** The jars of others, by name. */
    List<ShippedJar> jars() throws IOException {
        try (Stream<Path> walk = Files.walk(home)) {
            return walk.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.startsWith(home.resolve("system/io/slipway")))
                    .map(ShippedJar::of)
                    .sorted(Comparator.comparing(ShippedJar::name).thenComparing(ShippedJar::version))
                    .toList();
        }
    }

    /** Where a jar is used: features that name it, ours before Karaf's, or the folder of the class path it is in. */
    String use(ShippedJar jar) {
        Path place = home.relativize(jar.file());
        if (!place.startsWith("system")) {
            return "`" + place.getParent() + "`";
        }
        Path version = place.getParent();
        String key = version.getParent().getFileName() + "/" + version.getFileName();
        Set<String> naming = features.getOrDefault(key, Set.of());
        List<String> ours =
                naming.stream().filter(name -> name.startsWith("slipway")).toList();
        if (!ours.isEmpty()) {
            return String.join(", ", ours);
        }
        List<String> named = naming.stream().limit(NAMED).toList();
        return named.isEmpty() ? "Karaf" : "Karaf: " + String.join(", ", named);
    }

    Optional<String> text(String name) throws IOException {
        Path file = home.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private static Map<String, Set<String>> features(Path home) throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(home.resolve("system"))) {
            for (Path file : walk.filter(path -> path.toString().endsWith("-features.xml"))
                    .toList()) {
                NodeList bundles = DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getElementsByTagName("bundle");
                for (int i = 0; i < bundles.getLength(); i++) {
                    String feature = feature((Element) bundles.item(i));
                    BUNDLE.matcher(bundles.item(i).getTextContent())
                            .results()
                            .map(match -> match.group(2) + "/" + match.group(3))
                            .forEach(key -> found.computeIfAbsent(key, absent -> new TreeSet<>())
                                    .add(feature));
                }
            }
        }
        return found;
    }

    /** A bundle may be below a condition of its feature. */
    private static String feature(Element bundle) {
        Node owner = bundle.getParentNode();
        while (!owner.getNodeName().equals("feature")) {
            owner = owner.getParentNode();
        }
        return ((Element) owner).getAttribute("name");
    }
}
