package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example that is shipped: nothing as it is, and right when the comment signs are taken away. */
class ShippedExampleTest {

    private static final Path EXAMPLE = Path.of("../../features/src/main/cfg/boot/example.yaml");

    @Test
    void givesNobodyAnythingToBoot() throws IOException, PolicyException {
        BootConfiguration shipped = Policies.parse(Files.readString(EXAMPLE));
        assertTrue(shipped.groups().isEmpty() && shipped.profiles().isEmpty());
        assertTrue(shipped.machines().all().isEmpty());
    }

    @Test
    void isAValidPolicyWithoutItsCommentSigns() throws IOException, PolicyException {
        String uncommented = Files.readAllLines(EXAMPLE).stream()
                .map(line -> line.startsWith("#") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
        BootConfiguration example = Policies.parse(uncommented);
        assertEquals(
                Set.of("debian-installer", "efi-shell", "local-disk"),
                example.profiles().keySet());
        assertEquals(
                List.of("lab", "printers"),
                example.groups().stream().map(Group::name).toList());
        assertTrue(example.machines().find("web-1").isPresent());
    }
}
