package io.slipway.itests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The sources and what was built of them. */
public record Checkout(Path root) {

    public static Checkout current() {
        String folder = System.getProperty("slipway.checkout");
        if (folder == null) {
            throw new IllegalStateException("system property slipway.checkout is missing; run the tests with Maven");
        }
        return new Checkout(Path.of(folder).normalize());
    }

    /** The folders of the bundles, by name. */
    public List<Path> bundles() {
        return list(root.resolve("bundles"), folder -> Files.exists(folder.resolve("pom.xml")));
    }

    /** The files below a folder of the checkout, without what was built. */
    public List<Path> files(String folder, String extension) {
        try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(extension))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
