package io.slipway.itests.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A file of the container's etc folder, changed the way an editor does it: written beside, then renamed. */
final class ConfigurationFile {

    private final Path file;

    ConfigurationFile(String pid) {
        file = Path.of(System.getProperty("karaf.etc"), pid + ".cfg");
    }

    String read() throws IOException {
        return Files.readString(file);
    }

    /** Gives a key another value and leaves everything else as it is. */
    void set(String key, String value) throws IOException {
        List<String> others = Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.matches("\\s*" + key + "\\s*=.*"))
                        .toList()
                : List.of();
        write(String.join(
                        "\n",
                        Stream.concat(others.stream(), Stream.of(key + " = " + value))
                                .toList()) + "\n");
    }

    void write(String content) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
