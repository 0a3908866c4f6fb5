package io.slipway.loader.ipxe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpxeScriptTest {

    private static final IpxeScript EFI = new IpxeScript(true, true);
    private static final IpxeScript BIOS = new IpxeScript(false, true);
    private static final BootEntry SHELL = new BootEntry.EfiProgram("shell", "Shell", "/shell.efi", "-nostartup");
    private static final BootEntry LOCAL = new BootEntry.LocalBoot("local", "");

    private static BootEntry.Linux linux(String label, String arguments) {
        return new BootEntry.Linux("install", label, "/linux", List.of("/initrd"), arguments);
    }

    private static BootMenu menu(BootEntry... entries) {
        return new BootMenu("Rack 7", List.of(entries), entries[0].id(), Duration.ofMillis(2500));
    }

    @Test
    void aMenuWaitsForAPerson() {
        BootEntry install = new BootEntry.Linux(
                "install",
                "Ann's \"Debian\" # 12",
                "/images/sha256-1/linux%20",
                List.of("/images/sha256-1/initrd.gz", "/images/sha256-2/initrd.gz"),
                "vga=788 --- dyndbg=\"file a.c  +p\"");
        assertEquals("""
                #!ipxe
                imgfree
                set blank:hex 20
                :menu
                menu -- Rack 7 || goto entry-install
                item install Ann's "Debian" ${nothing}# 12
                item shell Shell
                item local local
                choose --default install --timeout 2500 chosen || goto menu
                goto entry-${chosen}
                :entry-install
                kernel /images/sha256-1/linux%2520 initrd=initrd0.img initrd=initrd1.img vga=788 --- \
                dyndbg="file a.c${blank:string} +p" || goto failed
                initrd --name initrd0.img /images/sha256-1/initrd.gz || goto failed
                initrd --name initrd1.img /images/sha256-2/initrd.gz || goto failed
                boot || goto failed
                :entry-shell
                chain /shell.efi -nostartup || goto failed
                goto next-device
                :entry-local
                goto next-device
                :next-device
                iseq ${platform} efi && exit 1 ||
                sanboot --no-describe --drive 0x80 ||
                exit
                :failed
                echo
                prompt --timeout 10000 Booting failed. It is tried again in 10 seconds, or when a key is pressed. ||
                chain --replace --autofree /ipxe/boot.ipxe || goto failed
                """, EFI.write(menu(install, SHELL, LOCAL)));
    }

    @Test
    void withoutATimeOrAMenuTheDefaultBootsAtOnce() {
        BootEntry bare = new BootEntry.Linux("bare", "Bare", "/linux", List.of(), " ");
        String script = BIOS.write(BootMenu.of(bare));
        assertTrue(script.startsWith("""
                #!ipxe
                imgfree
                set blank:hex 20
                goto entry-bare
                :entry-bare
                kernel /linux || goto failed
                boot || goto failed
                """), script);
        String another = new IpxeScript(false, false).write(menu(LOCAL, bare));
        assertTrue(another.contains("goto entry-local\n") && !another.contains("choose"), another);
    }

    @Test
    void everyEntryEndsWhereItShould() {
        String script = EFI.write(menu(linux("L", "quiet"), SHELL, LOCAL));
        assertEquals(
                List.of(
                        List.of("kernel", "/linux", "initrd=initrd0.img", "quiet"),
                        List.of("initrd", "--name", "initrd0.img", "/initrd"),
                        List.of("boot")),
                after(script, "install", "efi"));
        List<String> next = List.of("goto", "next-device");
        List<String> isEfi = List.of("iseq", "efi", "efi");
        assertEquals(
                List.of(List.of("chain", "/shell.efi", "-nostartup"), next, isEfi, List.of("exit", "1")),
                after(script, "shell", "efi"));
        assertEquals(
                List.of(
                        next,
                        List.of("iseq", "pcbios", "efi"),
                        List.of("sanboot", "--no-describe", "--drive", "0x80"),
                        List.of("exit")),
                after(script, "local", "pcbios"));
        assertEquals(List.of("exit"), last(IpxeModel.run(script, Map.of("chosen", "local"), "sanboot")));
    }

    private static List<List<String>> after(String script, String chosen, String platform) {
        List<List<String>> commands = IpxeModel.run(script, Map.of("chosen", chosen, "platform", platform));
        return commands.subList(commands.indexOf(List.of("goto", "entry-" + chosen)) + 1, commands.size());
    }

    private static List<String> last(List<List<String>> commands) {
        return commands.get(commands.size() - 1);
    }

    @Test
    void aFailureIsTriedAgain() {
        String script = EFI.write(menu(linux("L", "quiet")));
        for (String failing : List.of("kernel", "initrd", "boot")) {
            List<List<String>> commands = IpxeModel.run(script, Map.of("chosen", "install"), failing, "prompt");
            assertEquals(List.of("chain", "--replace", "--autofree", "/ipxe/boot.ipxe"), last(commands), failing);
        }
        List<List<String>> without = IpxeModel.run(script, Map.of(), "menu");
        assertTrue(without.contains(List.of("goto", "entry-install")), "a build without menus boots the default");
        assertEquals(List.of("boot"), last(without));
    }

    @Test
    void whatCannotBeToldIsLeftOut() {
        assertFalse(EFI.canExpress(linux("L", "a=${b}")));
        assertFalse(EFI.canExpress(linux("L", "x".repeat(2030))));
        assertTrue(EFI.canExpress(linux("L", "a=${b }")));
        assertTrue(EFI.canExpress(SHELL));
        assertFalse(BIOS.canExpress(SHELL));
        String script = BIOS.write(menu(SHELL, linux("L", "a=${b}"), LOCAL));
        assertFalse(script.contains("shell") || script.contains("kernel"), script);
        assertTrue(script.contains("choose --default local"), script);
        String nothing = BIOS.write(BootMenu.of(SHELL));
        assertTrue(IpxeModel.run(nothing, Map.of()).contains(List.of("goto", "failed")), nothing);
    }

    @Test
    void noTextBecomesACommandAndEveryArgumentArrives() {
        Random random = new Random(20261101);
        int told = 0;
        for (int i = 0; i < 20_000; i++) {
            String label = text(random);
            BootEntry.Linux linux = linux(label, text(random));
            BootMenu menu = new BootMenu(text(random), List.of(linux, LOCAL), "install", Duration.ofSeconds(1));
            if (!EFI.canExpress(linux)) {
                continue;
            }
            told++;
            String script = EFI.write(menu);
            List<List<String>> commands = IpxeModel.run(script, Map.of("chosen", "install", "platform", "efi"));
            assertEquals(
                    List.of("imgfree", "set", "menu", "item", "item", "choose", "goto", "kernel", "initrd", "boot"),
                    commands.stream().map(command -> command.get(0)).toList(),
                    script);
            List<String> item = commands.get(3);
            assertEquals("install", item.get(1), script);
            String shown = label.replaceAll("[^ -~]", "?")
                    .replace("${", "$ {")
                    .replaceAll(" +", " ")
                    .strip();
            assertEquals(shown.isEmpty() ? "install" : shown, String.join(" ", item.subList(2, item.size())), script);
            List<String> kernel = commands.get(7);
            assertEquals(
                    ("initrd=initrd0.img " + linux.arguments().strip()).strip(),
                    String.join(" ", kernel.subList(2, kernel.size())),
                    script);
        }
        assertTrue(told > 15_000, "told: " + told);
    }

    private static String text(Random random) {
        List<String> parts = List.of(
                "${",
                "}",
                "$",
                "{",
                "||",
                "&&",
                ";",
                "#",
                ":",
                "\\",
                "'",
                "\"",
                " ",
                " ",
                "  ",
                "a",
                "-",
                "--",
                "|",
                "&",
                "\u00e4",
                "\u2028",
                "goto",
                "${blank:string",
                "${nothing",
                "failed");
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
