package io.slipway.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bundles as they were built.
 *
 * @param all by name of their folder
 */
record Bundles(List<Built> all) {

    /** What a bundle has in its jar of others: it is not built here, and keeps no rules of the house. */
    private static final String EMBEDDED = "org/bouncycastle/";

    /**
     * @param name of its folder, for example {@code boot-api}
     * @param classes the folder of its classes
     */
    record Built(String name, Path classes) {

        /** The package that the name stands for; an API's has no {@code api} in it. */
        String rootPackage() {
            String stem = name.endsWith("-api") ? name.substring(0, name.length() - "-api".length()) : name;
            return "io.slipway." + stem.replace('-', '.');
        }

        /** The packages that have a class, {@code package-info} not counted. */
        Set<String> packages() {
            try (Stream<Path> walk = Files.walk(classes)) {
                return walk.filter(file -> file.toString().endsWith(".class"))
                        .filter(file -> !file.endsWith("package-info.class"))
                        .filter(file -> !classes.relativize(file).toString().startsWith(EMBEDDED))
                        .map(file ->
                                classes.relativize(file.getParent()).toString().replace('/', '.'))
                        .collect(Collectors.toSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The packages that the built manifest exports. */
        Set<String> exports() {
            try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
                String header = new Manifest(in).getMainAttributes().getValue("Export-Package");
                // Quoted values hold commas, parameters follow a semicolon; what is left are the packages.
                String bare = header == null ? "" : header.replaceAll("\"[^\"]*\"", "");
                return Arrays.stream(bare.split(","))
                        .map(clause -> clause.split(";")[0].strip())
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Bundles of(Checkout checkout) {
        return new Bundles(checkout.bundles().stream()
                .map(folder -> new Built(folder.getFileName().toString(), folder.resolve("target/classes")))
                .filter(built -> Files.isDirectory(built.classes()))
                .toList());
    }

    JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/" + EMBEDDED))
                .importPaths(all.stream().map(Built::classes).toList());
    }

    BundleBoundaries boundaries() {
        return new BundleBoundaries(
                all.stream()
                        .flatMap(built -> built.packages().stream().map(name -> List.of(name, built.name())))
                        .collect(Collectors.toMap(pair -> pair.get(0), pair -> pair.get(1))),
                all.stream().flatMap(built -> built.exports().stream()).collect(Collectors.toSet()));
    }
}
