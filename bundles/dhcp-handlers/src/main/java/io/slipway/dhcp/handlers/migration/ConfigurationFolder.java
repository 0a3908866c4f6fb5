package io.slipway.dhcp.handlers.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder that takes files of configuration: etc/ itself, or one to be looked at. */
public final class ConfigurationFolder {

    private static final String FORMER = ".before-import";

    private final Path folder;

    public ConfigurationFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes files: all, or none when one is there already and is not to be replaced. A file that is there and says
     * nothing, as those that are shipped, is added to.
     *
     * @param machines by name, below boot/
     * @return those that are there already, when nothing was written
     */
    public List<String> write(List<SiteFile> files, Map<String, String> machines, boolean replaces) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        files.forEach(file -> texts.put(folder.resolve(file.name()), file.text()));
        machines.forEach((name, text) -> texts.put(folder.resolve("boot").resolve(name), text));
        List<String> there = new ArrayList<>();
        for (Map.Entry<Path, String> entry : texts.entrySet()) {
            Path file = entry.getKey();
            if (Files.exists(file)) {
                String before = Files.readString(file, StandardCharsets.ISO_8859_1);
                boolean saysNothing = before.lines()
                        .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
                if (saysNothing) {
                    entry.setValue(before.stripTrailing() + "\n\n" + entry.getValue());
                } else {
                    there.add(folder.relativize(file).toString());
                }
            }
        }
        if (!there.isEmpty() && !replaces) {
            return there;
        }
        for (Map.Entry<Path, String> entry : texts.entrySet()) {
            put(
                    entry.getKey(),
                    entry.getValue(),
                    there.contains(folder.relativize(entry.getKey()).toString()));
        }
        return List.of();
    }

    /** At once, since the container looks at the folder all the time. */
    private static void put(Path file, String text, boolean isKept) throws IOException {
        Path parent = file.getParent();
        Files.createDirectories(parent);
        if (isKept) {
            Files.copy(file, parent.resolve(file.getFileName() + FORMER), StandardCopyOption.REPLACE_EXISTING);
        }
        Path fresh = parent.resolve("." + file.getFileName() + ".import");
        Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
