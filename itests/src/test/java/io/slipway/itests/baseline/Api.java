package io.slipway.itests.baseline;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a bundle exports, as bnd sees it: packages, their types, their members, each with what its coming or going means
 * to a version.
 *
 * @param packages elements of type PACKAGE, each with its VERSION among its children
 */
record Api(List<Tree.Data> packages) {

    /** Every class has them of {@code Object}, so they say nothing, and the JDK decides how they are annotated. */
    private static final Set<String> EVERYWHERE =
            Set.of("equals(java.lang.Object)", "hashCode()", "toString()", "finalize()");

    /** On a package: what bnd reads its version and its export from. */
    private static final Set<String> EXPORTING =
            Set.of("org.osgi.annotation.bundle.Export", "org.osgi.annotation.versioning.Version");

    Api {
        packages = List.copyOf(packages);
    }

    /** The API of a folder of classes with a manifest; empty when that exports nothing. */
    static Api ofClasses(Path folder) throws Exception {
        try (Jar jar = new Jar("bundle", folder.toFile());
                Analyzer analyzer = new Analyzer(jar)) {
            Tree api = new DiffPluginImpl().tree(analyzer).get("<api>");
            if (api == null) {
                return new Api(List.of());
            }
            return new Api(Arrays.stream(api.serialize().children)
                    .filter(element -> element.type == Type.PACKAGE)
                    .map(Api::telling)
                    .toList());
        }
    }

    /** As bnd compares it: a bundle with this API. */
    Tree tree() throws Exception {
        Tree.Data api = element(Type.API, "<api>", Delta.CHANGED, Delta.CHANGED, packages);
        return new DiffPluginImpl()
                .deserialize(element(Type.BUNDLE, "bundle", Delta.CHANGED, Delta.CHANGED, List.of(api)));
    }

    /** Package to its version. */
    Map<String, String> versions() {
        return packages.stream().collect(Collectors.toMap(found -> found.name, Api::version));
    }

    static Tree.Data element(Type type, String name, Delta added, Delta removed, List<Tree.Data> children) {
        Tree.Data data = new Tree.Data();
        data.type = type;
        data.name = name;
        data.add = added;
        data.rem = removed;
        data.children = children.toArray(Tree.Data[]::new);
        return data;
    }

    private static String version(Tree.Data exported) {
        return Arrays.stream(exported.children)
                .filter(child -> child.type == Type.VERSION)
                .map(child -> child.name)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(exported.name + " has no @Version"));
    }

    /** The element without what says nothing. */
    private static Tree.Data telling(Tree.Data data) {
        return element(
                data.type,
                data.name,
                data.add,
                data.rem,
                Arrays.stream(data.children)
                        .filter(child -> !saysNothing(child))
                        .map(Api::telling)
                        .toList());
    }

    private static boolean saysNothing(Tree.Data data) {
        return switch (data.type) {
            case METHOD -> EVERYWHERE.contains(data.name) || isProtectedClone(data);
            case ANNOTATED -> EXPORTING.contains(data.name) || data.name.startsWith("jdk.internal.");
            default -> false;
        };
    }

    private static boolean isProtectedClone(Tree.Data method) {
        return method.name.equals("clone()")
                && Arrays.stream(method.children)
                        .anyMatch(child -> child.type == Type.ACCESS && child.name.equals("protected"));
    }
}
