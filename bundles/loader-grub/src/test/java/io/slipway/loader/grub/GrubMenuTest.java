package io.slipway.loader.grub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrubMenuTest {

    @Test
    void aMenuWaitsForAPerson() {
        BootEntry install = new BootEntry.Linux(
                "install",
                "Ann's Debian",
                "/images/sha256-1/linux",
                List.of("/images/sha256-1/initrd.gz", "/images/sha256-2/firmware.cpio"),
                "vga=788 --- quiet dyndbg=\"file a.c +p\"");
        BootEntry shell = new BootEntry.EfiProgram("shell", "Shell", "/shell.efi", "-nostartup");
        BootEntry local = new BootEntry.LocalBoot("local", "");
        BootMenu menu = new BootMenu("Rack 7", List.of(install, shell, local), "install", Duration.ofMillis(2500));
        assertEquals("""
                serial --unit=0 --speed=115200
                terminal_input serial console
                terminal_output serial console
                set default=0
                set timeout=3
                menuentry 'Ann'\\''s Debian' --id 'install' {
                  linux '/images/sha256-1/linux' 'vga=788' '---' 'quiet' 'dyndbg=file a.c +p'
                  initrd '/images/sha256-1/initrd.gz' '/images/sha256-2/firmware.cpio'
                }
                menuentry 'Shell' --id 'shell' {
                  chainloader '/shell.efi' '-nostartup'
                }
                menuentry 'local' --id 'local' {
                  exit 1
                }
                """, new GrubMenu("--unit=0 --speed=115200", BootTransport.TFTP).write(menu));
    }

    @Test
    void withoutATimeTheDefaultBootsAtOnce() {
        BootEntry bare = new BootEntry.Linux("bare", "Bare", "/linux", List.of(), " ");
        assertEquals("""
                set default=0
                set timeout=0
                menuentry 'Bare' --id 'bare' {
                  linux '/linux'
                }
                """, new GrubMenu("", BootTransport.TFTP).write(BootMenu.of(bare)));
    }

    @Test
    void aPercentSignInAPathOutlivesTheServersDecoding() {
        BootEntry linux = new BootEntry.Linux("a", "A", "/a%20/linux", List.of("/a%20/initrd"), "x=%20");
        BootEntry program = new BootEntry.EfiProgram("b", "B", "/b%.efi", "");
        BootMenu menu = new BootMenu("M", List.of(linux, program), "a", Duration.ZERO);
        String overHttp = new GrubMenu("", BootTransport.HTTP).write(menu);
        assertTrue(overHttp.contains("linux '/a%2520/linux' 'x=%20'\n  initrd '/a%2520/initrd'\n"), overHttp);
        assertTrue(overHttp.contains("chainloader '/b%25.efi'\n"), overHttp);
        assertTrue(new GrubMenu("", BootTransport.TFTP).write(menu).contains("linux '/a%20/linux'"));
    }

    @Test
    void anIdThatReadsAsANumberIsStillTheDefault() {
        BootEntry local = new BootEntry.LocalBoot("local", "12-server");
        BootEntry server = new BootEntry.Linux("12-server", "Server", "/linux", List.of(), "");
        BootMenu menu = new BootMenu("Rack 7", List.of(local, server), "12-server", Duration.ofSeconds(1));
        assertEquals(
                "set default=1",
                new GrubMenu("", BootTransport.TFTP)
                        .write(menu)
                        .lines()
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void noTextBecomesACommand() {
        Random random = new Random(20261101);
        String letters = "'\"\\$`{};&|<>()#!*?[] =-ab\u00e4\u2028";
        for (int i = 0; i < 5000; i++) {
            String label = text(random, letters);
            String arguments = text(random, letters);
            String menu = new GrubMenu("", BootTransport.TFTP)
                    .write(BootMenu.of(new BootEntry.Linux("x", label, "/linux", List.of("/initrd"), arguments)));
            List<String> lines = List.of(menu.split("\n"));
            assertEquals(6, lines.size(), menu);
            assertEquals(
                    List.of("menuentry", label.isBlank() ? "x" : label, "--id", "x", "{"), shellWords(lines.get(2)));
            List<String> linux = shellWords(lines.get(3));
            assertEquals(List.of("linux", "/linux"), linux.subList(0, 2));
            assertEquals(
                    arguments.replaceAll("[\" ]", ""),
                    String.join("", linux.subList(2, linux.size())).replace(" ", ""));
            assertEquals(List.of("  initrd '/initrd'", "}"), lines.subList(4, 6));
        }
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /** The words of a line as GRUB reads it, when it has only single quotes and escapes; anything else fails. */
    private static List<String> shellWords(String line) {
        List<String> words = new ArrayList<>();
        String rest = line.strip();
        while (!rest.isEmpty()) {
            StringBuilder word = new StringBuilder();
            while (!rest.isEmpty() && rest.charAt(0) != ' ') {
                rest = part(rest, word);
            }
            words.add(word.toString());
            rest = rest.stripLeading();
        }
        return words;
    }

    private static String part(String rest, StringBuilder word) {
        if (rest.charAt(0) == '\'') {
            int end = rest.indexOf('\'', 1);
            word.append(rest, 1, end);
            return rest.substring(end + 1);
        }
        int from = rest.charAt(0) == '\\' ? 1 : 0;
        assertTrue(from == 1 || "abcdefghijklmnopqrstuvwxyz{-".indexOf(rest.charAt(0)) >= 0, "bare " + rest);
        word.append(rest.charAt(from));
        return rest.substring(from + 1);
    }
}
