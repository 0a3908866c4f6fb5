package io.slipway.boot.content.command;

import io.slipway.boot.Bootloader;
import java.util.List;

/** One line of {@code bootloader:list}. */
record LoaderRow(String name, int ranking, String bundle, String state) {

    /**
     * @param name the service property as it is: it may be missing
     * @param ranking the service property as it is: it may be missing
     */
    static LoaderRow of(Object name, Object ranking, String bundle, Bootloader loader) {
        return new LoaderRow(
                name instanceof String text ? text : loader.getClass().getSimpleName(),
                ranking instanceof Integer number ? number : 0,
                bundle,
                state(loader));
    }

    private static String state(Bootloader loader) {
        try {
            List<String> problems = loader.problems();
            return problems.isEmpty() ? "ready" : String.join("; ", problems);
        } catch (RuntimeException | LinkageError e) {
            return "broken: " + e;
        }
    }
}
