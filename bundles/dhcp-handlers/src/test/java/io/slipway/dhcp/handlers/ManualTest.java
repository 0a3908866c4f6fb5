package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.codec.OptionType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/dhcp.md shows can be configured so, all of it at once. */
class ManualTest {

    private static final Pattern EXAMPLE = Pattern.compile(
            "`etc/(io\\.slipway\\.dhcp\\.[a-z]+)(?:-([a-z0-9]+))?\\.cfg`:\n\n```\n(.*?)```", Pattern.DOTALL);

    private final String page;

    ManualTest() throws IOException {
        page = Files.readString(Path.of("../../docs/dhcp.md"));
    }

    private static ConfigFile file(MatchResult example) {
        Properties keys = new Properties();
        try {
            keys.load(new StringReader(example.group(3)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Map<String, String> texts = new HashMap<>();
        keys.forEach((key, value) -> texts.put((String) key, (String) value));
        return new ConfigFile(example.group(1), example.group(2) == null ? "" : example.group(2), texts);
    }

    @Test
    void itsExamplesServeTogether() {
        List<ConfigFile> files = new ArrayList<>();
        EXAMPLE.matcher(page).results().forEach(example -> files.add(file(example)));
        Networks networks = new NetworkSettings().update(files);
        assertEquals(
                List.of("far", "lan", "lan2", "voice"),
                networks.subnets().stream().map(Subnet::name).toList());
        assertEquals(
                List.of("phones"), networks.groups().stream().map(Group::name).toList());
        assertEquals(7, networks.global().options().values().size());
        assertEquals(
                99,
                networks.subnets().get(1).pools().stream()
                        .mapToInt(AddressPool::size)
                        .sum());
    }

    @Test
    void itNamesEveryTypeAndEveryCondition() {
        OptionType.names().forEach(name -> assertTrue(page.contains("`" + name + "`"), name));
        Membership.Subject.names("").forEach(name -> assertTrue(page.contains("`" + name + "`"), name));
    }
}
