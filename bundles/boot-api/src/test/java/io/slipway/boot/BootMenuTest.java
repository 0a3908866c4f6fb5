package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootMenuTest {

    private static final BootEntry LOCAL = new BootEntry.LocalBoot("local", "Local disk");

    @Test
    void aMenuOfOneBootsAtOnce() {
        BootMenu menu = BootMenu.of(LOCAL);
        assertEquals(LOCAL, menu.defaultEntry());
        assertEquals(Duration.ZERO, menu.timeout());
    }

    @Test
    void theDefaultIsOneOfTheEntries() {
        assertThrows(IllegalArgumentException.class, () -> menu(List.of(LOCAL), "other", Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> menu(List.of(), "local", Duration.ZERO));
    }

    @Test
    void idsDiffer() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> menu(List.of(LOCAL, LOCAL), "local", Duration.ZERO))
                .getMessage();
        assertTrue(message.contains("'local'"), message);
    }

    @Test
    void timeoutIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> menu(List.of(LOCAL), "local", Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "a\u0085b", "a\tb", "\u001b[2J"})
    void textIsOneLine(String text) {
        assertThrows(IllegalArgumentException.class, () -> new BootEntry.LocalBoot("a", text));
        assertThrows(IllegalArgumentException.class, () -> linux("/a/linux", List.of(), text));
        assertThrows(IllegalArgumentException.class, () -> new BootEntry.EfiProgram("a", "A", "/a.efi", text));
        assertThrows(IllegalArgumentException.class, () -> new BootMenu(text, List.of(LOCAL), "local", Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "/", "/a b", "/a,b", "/a'b", "/a\"b", "/a$b", "/a;b", "/a\\b", "/ä"})
    void pathsHoldNoMenuSyntax(String path) {
        assertThrows(IllegalArgumentException.class, () -> linux(path, List.of(), ""));
        assertThrows(IllegalArgumentException.class, () -> linux("/linux", List.of(path), ""));
        assertThrows(IllegalArgumentException.class, () -> new BootEntry.EfiProgram("a", "A", path, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "a b", "a'b", "ä"})
    void idsAreWords(String id) {
        assertThrows(IllegalArgumentException.class, () -> new BootEntry.LocalBoot(id, "Local disk"));
    }

    private static BootMenu menu(List<BootEntry> entries, String defaultId, Duration timeout) {
        return new BootMenu("Menu", entries, defaultId, timeout);
    }

    private static BootEntry.Linux linux(String kernel, List<String> initrds, String arguments) {
        return new BootEntry.Linux("a", "A", kernel, initrds, arguments);
    }
}
