package io.slipway.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every shipped configuration file is published by the features' pom.xml and named by one feature. */
class ShippedConfigurationTest {

    private static final Pattern PUBLISHED = Pattern.compile("<file>src/main/cfg/([^<]+)</file>");
    private static final Pattern NAMED = Pattern.compile("<configfile finalname=\"/etc/([^\"]+)\">");

    private final Path features = Checkout.current().root().resolve("features");

    @Test
    void pomPublishesEveryFile() {
        assertEquals(shipped(), found(PUBLISHED, "pom.xml"));
    }

    @Test
    void aFeatureNamesEveryFile() {
        assertEquals(shipped(), found(NAMED, "src/main/feature/feature.xml"));
    }

    private Set<String> shipped() {
        Path folder = features.resolve("src/main/cfg");
        Set<String> names = Stream.of(".cfg", ".yaml")
                .flatMap(kind -> Checkout.current().files("features/src/main/cfg", kind).stream())
                .map(file -> folder.relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(names.isEmpty(), "no configuration found");
        return names;
    }

    private Set<String> found(Pattern pattern, String file) {
        List<String> names = pattern.matcher(Checkout.read(features.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(names.size(), Set.copyOf(names).size(), file + " names a file twice");
        return new TreeSet<>(names);
    }
}
