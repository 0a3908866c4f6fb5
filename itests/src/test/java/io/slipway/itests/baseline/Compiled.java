package io.slipway.itests.baseline;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.osgi.annotation.versioning.Version;

/** A small bundle, compiled from a few lines of source, that exports its package {@code fixture}. */
final class Compiled {

    private Compiled() {}

    /**
     * @param version of the package
     * @param types the body of its only source file; the annotations of versions are imported
     */
    static Api api(Path folder, String version, String types) throws Exception {
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/MANIFEST.MF"), """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: fixture
                Export-Package: fixture;version="%s"
                """.formatted(version));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path annotations = Path.of(Version.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        StringWriter said = new StringWriter();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", annotations.toString(), "-proc:none"),
                        null,
                        Stream.of(
                                        source(
                                                "package-info",
                                                "@Version(\"" + version + "\") package fixture;",
                                                "Version"),
                                        source("Fixture", "package fixture;", "*", types))
                                .toList())
                .call();
        if (!compiled) {
            throw new IllegalArgumentException(said.toString());
        }
        return Api.ofClasses(folder);
    }

    private static JavaFileObject source(String name, String head, String imported, String... rest) {
        String text = head + "\nimport org.osgi.annotation.versioning." + imported + ";\n" + String.join("\n", rest);
        return new SimpleJavaFileObject(URI.create("string:///fixture/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
