package io.slipway.dhcp.handlers.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFolderTest {

    private static final List<SiteFile> FILES = List.of(
            new SiteFile("io.slipway.dhcp.options", "", "dhcpd.conf:1", Map.of("leaseTime", "12h")),
            new SiteFile("io.slipway.dhcp.subnet", "lan", "dhcpd.conf:9", Map.of("subnet", "192.0.2.0/24")));

    @TempDir
    Path folder;

    private List<String> write(boolean replaces) throws IOException {
        return new ConfigurationFolder(folder).write(FILES, Map.of("imported.yaml", "machines:\n"), replaces);
    }

    @Test
    void everythingIsWrittenAndNothingElse() throws IOException {
        assertEquals(List.of(), write(false));
        assertEquals(
                "# From dhcpd.conf:9\nsubnet = 192.0.2.0/24\n",
                Files.readString(folder.resolve("io.slipway.dhcp.subnet-lan.cfg")));
        assertEquals("machines:\n", Files.readString(folder.resolve("boot/imported.yaml")));
        try (var all = Files.walk(folder)) {
            assertEquals(3, all.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void whatIsThereStaysAndThenNothingIsWritten() throws IOException {
        Path there = folder.resolve("io.slipway.dhcp.subnet-lan.cfg");
        Files.writeString(there, "subnet = 10.0.0.0/8\n");
        assertEquals(List.of("io.slipway.dhcp.subnet-lan.cfg"), write(false));
        assertEquals("subnet = 10.0.0.0/8\n", Files.readString(there));
        assertFalse(Files.exists(folder.resolve("io.slipway.dhcp.options.cfg")));
        assertFalse(Files.exists(folder.resolve("boot/imported.yaml")));
    }

    @Test
    void whatIsReplacedStaysBeside() throws IOException {
        Path there = folder.resolve("io.slipway.dhcp.subnet-lan.cfg");
        Files.writeString(there, "subnet = 10.0.0.0/8\n");
        assertEquals(List.of(), write(true));
        assertEquals("# From dhcpd.conf:9\nsubnet = 192.0.2.0/24\n", Files.readString(there));
        assertEquals(
                "subnet = 10.0.0.0/8\n",
                Files.readString(folder.resolve("io.slipway.dhcp.subnet-lan.cfg.before-import")));
    }

    @Test
    void aFileThatOnlyExplainsIsAddedTo() throws IOException {
        Path shipped = folder.resolve("io.slipway.dhcp.options.cfg");
        Files.writeString(shipped, "# The longest lease\n#leaseTime = 12h\n");
        assertEquals(List.of(), write(false));
        assertEquals(
                "# The longest lease\n#leaseTime = 12h\n\n# From dhcpd.conf:1\nleaseTime = 12h\n",
                Files.readString(shipped));
    }

    @Test
    void aValueIsReadAsItWas() throws IOException {
        String value = "C:\\boot\\x \u00e9 = # !";
        Properties read = new Properties();
        read.load(new StringReader(
                new SiteFile("kind", "", "here", Map.of("option.224.string", value, "var", "a ${b}")).text()));
        assertEquals(value, read.getProperty("option.224.string"));
        assertTrue(read.getProperty("var").contains("$\\{b}"), "the container takes the backslash away");
    }

    @Test
    void aTextOfYamlIsReadAsItWas() {
        assertEquals("\"a \\\"b\\\" \\\\ \\u00e9\\u000a\"", SiteWriter.quoted("a \"b\" \\ \u00e9\n"));
    }
}
