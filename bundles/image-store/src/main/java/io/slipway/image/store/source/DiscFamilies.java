package io.slipway.image.store.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The discs that are recognised, in the order in which they are tried: those of an operator, then those that are built in
 * ({@code discs.json} beside this class, which is also the example of how to write one).
 */
public final class DiscFamilies {

    private static final String BUILT_IN = "discs.json";

    private final List<DiscFamily> all;

    private DiscFamilies(List<DiscFamily> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads what is built in, and what an operator adds.
     *
     * @param further a file as the built-in one; a family of it replaces the built-in one of the same id
     * @throws IOException names the file, the family and what was expected
     */
    public static DiscFamilies read(Optional<Path> further) throws IOException {
        List<DiscFamily> families = new ArrayList<>();
        if (further.isPresent()) {
            families.addAll(parse(further.get().toString(), readFile(further.get())));
        }
        Set<String> replaced = families.stream().map(DiscFamily::id).collect(Collectors.toSet());
        parse(BUILT_IN, builtIn()).stream()
                .filter(family -> !replaced.contains(family.id()))
                .forEach(families::add);
        return new DiscFamilies(families);
    }

    List<DiscFamily> all() {
        return all;
    }

    private static List<DiscFamily> parse(String name, byte[] json) throws IOException {
        try {
            return DiscFamilyReader.read(json);
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    private static byte[] readFile(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + "); expected a JSON file with families of discs", e);
        }
    }

    private static byte[] builtIn() throws IOException {
        try (InputStream resource = DiscFamilies.class.getResourceAsStream(BUILT_IN)) {
            if (resource == null) {
                throw new FileNotFoundException(BUILT_IN + " is not in this bundle; install it again");
            }
            return resource.readAllBytes();
        }
    }
}
