package io.slipway.itests.baseline;

import io.slipway.itests.architecture.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a bundle has promised, in its {@code api-baseline.txt}, and what it exports now.
 *
 * @param bundle its folder
 */
record ApiBaseline(Path bundle) {

    /** How the baselines are renewed. */
    static final String RENEW = "mvn -pl itests test -Dtest=ApiBaselineTest -Dbaseline.write";

    private static final String HEADER = """
            # What this bundle promises to those who import it; the build compares. CONTRIBUTING.md says when it is renewed:
            # %s
            """.formatted(RENEW);

    /** The bundles that export something. */
    static List<ApiBaseline> all(Checkout checkout) throws Exception {
        List<ApiBaseline> found = checkout.bundles().stream()
                .filter(bundle -> Files.isDirectory(bundle.resolve("target/classes/META-INF")))
                .map(ApiBaseline::new)
                .toList();
        List<ApiBaseline> exporting = new ArrayList<>();
        for (ApiBaseline baseline : found) {
            if (!baseline.current().packages().isEmpty()) {
                exporting.add(baseline);
            }
        }
        return exporting;
    }

    Api current() throws Exception {
        return Api.ofClasses(bundle.resolve("target/classes"));
    }

    /** What is wrong, each with its cure; empty when the versions tell of every change. */
    List<String> problems() throws Exception {
        if (!isWritten()) {
            return List.of("%s exports packages and has no %s; write it: %s"
                    .formatted(bundle.getFileName(), file().getFileName(), RENEW));
        }
        return ApiChange.between(ApiText.parse(Checkout.read(file())), current()).stream()
                .filter(change -> !change.isTold())
                .map(this::problem)
                .toList();
    }

    boolean isWritten() {
        return Files.exists(file());
    }

    void write() throws Exception {
        Files.writeString(file(), HEADER + ApiText.of(current()));
    }

    private Path file() {
        return bundle.resolve("api-baseline.txt");
    }

    private String problem(ApiChange change) {
        String elements = change.elements().stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
        return change.needed()
                .map(needed -> """
                        %s: the API of %s changed since %s:
                        %s
                        Raise @Version from %s to %s in %s, or take the change back.
                        When that version is released, renew the baseline: %s""".formatted(
                                bundle.getFileName(),
                                change.packageName(),
                                change.promised(),
                                elements,
                                change.current(),
                                needed,
                                packageInfo(change),
                                RENEW))
                .orElseGet(() -> """
                        %s: package %s %s is no longer exported. Whoever imports it will not start any more. Export it again; \
                        or, when nobody can use it, delete %s and write it anew: %s""".formatted(
                        bundle.getFileName(), change.packageName(), change.promised(), file().getFileName(), RENEW));
    }

    private String packageInfo(ApiChange change) {
        return "src/main/java/%s/package-info.java"
                .formatted(change.packageName().replace('.', '/'));
    }
}
