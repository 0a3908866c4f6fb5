package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private final Names names = new Names("/srv/boot");

    @Test
    void takesEachPathOnce() throws IOException {
        names.add("boot/linux");
        names.add("boot/initrd");
        names.add("boot.cfg");
        assertRefused("boot/linux", "/srv/boot holds 'boot/linux' twice", "remove one of the two");
    }

    @ParameterizedTest
    @CsvSource({"Linux, linux", "EFI/BOOT/BOOTX64.EFI, efi/boot/bootx64.efi", "stra\u00dfe, STRASSE", "\u0130, i\u0307"
    })
    void refusesPathsThatDifferOnlyInCase(String one, String other) throws IOException {
        names.add(one);
        assertRefused(other, "'" + one + "' and '" + other + "', which differ only in case", "rename or remove");
    }

    @Test
    void foldersMayDifferInCaseAsLongAsNoFileDoes() throws IOException {
        names.add("Boot/linux");
        names.add("boot/initrd");
        assertRefused("BOOT/INITRD", "'boot/initrd' and 'BOOT/INITRD'", "rename");
    }

    @Test
    void nothingIsAFileAndAFolder() throws IOException {
        names.add("debian.iso/live/vmlinuz");
        assertRefused("Debian.iso", "'Debian.iso' as a file, and 'debian.iso/live/vmlinuz' in a folder", "rename");
        names.add("linux");
        assertRefused("Linux/file", "'linux' as a file, and 'Linux/file' in a folder", "rename");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/linux", "linux/", "a//b", ".", "..", "../linux", "a/../b", "a/./b"})
    void refusesPathsThatCouldLeadElsewhere(String path) {
        assertRefused(path, "expected a relative path", "rename it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "a\nb", "a\u001b[2Jb", "a\u007f", "a\u0085b"})
    void refusesNamesThatMachinesCannotAskForAndDoesNotRepeatThem(String path) {
        assertRefused(path, "a backslash or a control character", "rename it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uFFFDb", "a\uD800b"})
    void refusesWhatIsNotUtf8(String path) {
        assertRefused(path, "not valid UTF-8", "rename it");
    }

    @Test
    void refusesPathsThatFitNowhere() {
        assertDoesNotThrow(() -> names.add("a".repeat(1024)));
        assertRefused("b".repeat(1025), "a path of 1025 characters", "at most 1024");
    }

    @Test
    void showsNothingThatChangesATerminal() {
        assertEquals("a?[2Jb?c?d", Names.shown("a\u001b[2Jb\nc\u2028d"));
        assertTrue(Names.shown("x".repeat(5000)).length() < 1100);
        assertFalse(Names.shown("a\uD800b").contains("\uD800"));
    }

    private void assertRefused(String path, String what, String cure) {
        String message = assertThrows(IOException.class, () -> names.add(path)).getMessage();
        assertTrue(message.startsWith("/srv/boot holds "), message);
        assertTrue(message.contains(what) && message.contains(cure), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
}
