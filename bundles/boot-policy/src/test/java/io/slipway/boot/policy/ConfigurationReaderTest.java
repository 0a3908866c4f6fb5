package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.ImageRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {

    @Test
    void readsEveryKey() throws PolicyException {
        BootConfiguration lab = Policies.parse(Policies.LAB);
        assertEquals(
                Set.of("debian-installer", "shell", "rescue"), lab.profiles().keySet());
        assertEquals(
                new Profile(
                        "debian-installer",
                        "Install Debian 12",
                        new Profile.Linux(
                                new ImageRef("debian-12", "current"),
                                Optional.of("debian-installer/amd64/linux"),
                                Optional.of(List.of("debian-installer/amd64/initrd.gz")),
                                "console=ttyS0,115200"),
                        Optional.of("grub"),
                        new Place("a.yaml", 2, 3)),
                lab.profiles().get("debian-installer"));
        assertEquals(
                new Profile.Efi(new ImageRef("tools", "1"), "shellx64.efi", "-nostartup"),
                lab.profiles().get("shell").payload());
        assertEquals(new Profile.Local(), lab.profiles().get("rescue").payload());
        assertEquals("rescue", lab.profiles().get("rescue").title());

        Group group = lab.groups().get(0);
        assertEquals(new Place("a.yaml", 12, 3), group.place());
        assertEquals("arch=bios-x86|uefi-x64, mac=52:54:00:*", group.selector().toString());
        Group.Choice choice = assertInstanceOf(Group.Choice.class, group.offer());
        assertEquals("debian-installer", choice.standard().name());
        assertEquals(2, choice.profiles().size());
        assertEquals(Duration.ofSeconds(10), choice.timeout());
        assertEquals(
                new Group.Nothing("printers have nothing to boot"),
                lab.groups().get(1).offer());
    }

    @Test
    void defaultsAreWhatTheExampleSays() throws PolicyException {
        BootConfiguration read = Policies.parse("""
                profiles: { one: { image: a }, two: { image: b, initrd: [], arguments: [ quiet, "splash" ] } }
                groups:
                  single: { match: { mac: 525400123456 }, profile: one }
                  several: { match: {}, profiles: [two, one] }
                """);
        Profile.Linux one = (Profile.Linux) read.profiles().get("one").payload();
        assertEquals(new Profile.Linux(ImageRef.parse("a:latest"), Optional.empty(), Optional.empty(), ""), one);
        Profile.Linux two = (Profile.Linux) read.profiles().get("two").payload();
        assertEquals(Optional.of(List.of()), two.initrds());
        assertEquals("quiet splash", two.arguments());
        Group.Choice several = (Group.Choice) read.groups().get(0).offer();
        Group.Choice single = (Group.Choice) read.groups().get(1).offer();
        assertEquals("two", several.standard().name());
        assertEquals(Duration.ofSeconds(10), several.timeout());
        assertEquals("several", several.title());
        assertEquals(Duration.ZERO, single.timeout());
    }

    @Test
    void filesAreOneConfiguration() throws PolicyException {
        BootConfiguration read = Policies.parse(
                "groups: { g: { match: {}, profile: p } }", "# only a comment", "profiles: { p: { local: true } }");
        assertEquals(new Place("c.yaml", 1, 13), read.profiles().get("p").place());
        assertEquals(new Place("a.yaml", 1, 11), read.groups().get(0).place());
        assertEquals(3, read.files());
    }

    @Test
    void emptyIsAConfigurationOfNothing() throws PolicyException {
        for (String text : List.of("", "---", "# nothing\n", "profiles:\ngroups:\n", "profiles: {}\n", "\uFEFF---\n")) {
            BootConfiguration read = Policies.parse(text);
            assertTrue(read.groups().isEmpty() && read.profiles().isEmpty(), text);
        }
    }

    @Test
    void anchorsMaySpareAFewRepetitions() throws PolicyException {
        BootConfiguration read = Policies.parse("""
                profiles:
                  a: { image: x, arguments: &serial [console=ttyS0, quiet] }
                  b: { image: y, arguments: *serial }
                """);
        assertEquals(
                "console=ttyS0 quiet", ((Profile.Linux) read.profiles().get("b").payload()).arguments());
    }

    @Test
    void timeoutsHaveUnits() throws PolicyException {
        assertEquals(Duration.ofSeconds(90), timeout("90"));
        assertEquals(Duration.ofSeconds(0), timeout("0"));
        assertEquals(Duration.ofMinutes(2), timeout("2m"));
        assertEquals(Duration.ofHours(24), timeout("24h"));
    }

    private static Duration timeout(String text) throws PolicyException {
        BootConfiguration read = Policies.parse("profiles: { p: { local: true } }\n"
                + "groups: { g: { match: {}, profile: p, timeout: " + text + " } }");
        return ((Group.Choice) read.groups().get(0).offer()).timeout();
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertEquals(
                """
                a.yaml:2:12: unknown key 'imgae'; did you mean 'image'?
                a.yaml:3:18: loader 'GRUB 2'; expected a name such as grub
                b.yaml:1:1: unknown key 'profile'; did you mean 'profiles'?""",
                Policies.problems(
                        "profiles:\n  first: { imgae: x }\n  next: {loader: GRUB 2, local: true}\n", "profile: {}"));
    }
}
