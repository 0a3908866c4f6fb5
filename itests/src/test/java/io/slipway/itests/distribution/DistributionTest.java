package io.slipway.itests.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive as a person unpacks and starts it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DistributionTest {

    private static final int STOP_SECONDS = 5;

    @TempDir
    private Path folder;

    @Test
    void aServerStartsServesItsShellAndStops() throws Exception {
        Distribution distribution = Distribution.unpack(folder);
        Map<String, String> before = distribution.homeFiles();
        Process server = distribution.program("karaf", "server").start();
        try {
            List<String> started = readUntilReady(server);
            assertTrue(started.get(0).startsWith("ready"), () -> "before the ready line: " + started);
            assertASecondOneIsRefused(distribution);
            assertShellNeedsAUser(distribution);
        } finally {
            server.destroy();
        }
        boolean stopped = server.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        assertTrue(stopped, "still running " + STOP_SECONDS + " s after SIGTERM");
        assertEquals(before, distribution.homeFiles(), "the server wrote beside its programs");
    }

    @Test
    void whatTheOperatorWroteIsKept() throws Exception {
        Distribution distribution = Distribution.unpack(folder);
        Path etc = distribution.base().resolve("etc");
        String mine = Files.readString(etc.resolve("io.slipway.sockets.cfg"));
        run(distribution.settingUp());
        String shipped = Files.readString(etc.resolve("config.properties"));

        distribution.write("config.properties", "of another version");
        Files.createDirectories(distribution.base().resolve("data/cache/bundle0"));
        Files.writeString(distribution.home().resolve("etc/io.slipway.sockets.cfg"), "# a newer default\n");
        run(distribution.settingUp());

        assertEquals(mine, Files.readString(etc.resolve("io.slipway.sockets.cfg")));
        assertEquals(shipped, Files.readString(etc.resolve("config.properties")));
        assertFalse(Files.exists(distribution.base().resolve("data/cache")), "bundles of the other version are kept");
    }

    @Test
    void anUnchangedDistributionLeavesItsBaseAlone() throws Exception {
        Distribution distribution = Distribution.unpack(folder);
        run(distribution.settingUp());

        distribution.write("config.properties", "changed by the operator");
        Path cache = Files.createDirectories(distribution.base().resolve("data/cache/bundle0"));
        run(distribution.settingUp());

        assertEquals(
                "changed by the operator", Files.readString(distribution.base().resolve("etc/config.properties")));
        assertTrue(Files.exists(cache));
    }

    @Test
    void noPasswordIsShipped() throws Exception {
        Distribution distribution = Distribution.unpack(folder);
        run(distribution.settingUp());
        Path users = distribution.base().resolve("etc/users.properties");

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(users)));
        assertTrue(Files.readAllLines(users).stream().allMatch(line -> line.startsWith("#") || line.startsWith("_g_")));
    }

    private static void assertASecondOneIsRefused(Distribution distribution) throws Exception {
        Process second = distribution.program("karaf", "server").start();
        String said = output(second);

        assertEquals(1, second.waitFor());
        assertTrue(said.contains(distribution.base() + " is in use by another Slipway"), said);
    }

    private static void assertShellNeedsAUser(Distribution distribution) throws Exception {
        assertFalse(shell(distribution, "image:list").contains("Digest"));

        Path users = distribution.base().resolve("etc/users.properties");
        Files.writeString(users, Files.readString(users) + "slipway = secret,_g_:admingroup\n");

        String said = shell(distribution, "image:list");
        assertTrue(said.contains("Digest"), said);
    }

    private static String shell(Distribution distribution, String command) throws Exception {
        Process client = distribution.program("client", "-b").start();
        try (var in = client.outputWriter(StandardCharsets.UTF_8)) {
            in.write(command + "\n");
        }
        return output(client);
    }

    private static void run(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        String said = output(process);
        assertEquals(0, process.waitFor(), said);
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The lines up to the ready line. */
    private static List<String> readUntilReady(Process server) throws IOException {
        BufferedReader reader = server.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith("ready")) {
                break;
            }
        }
        assertFalse(lines.isEmpty(), "the server said nothing and ended");
        return lines;
    }
}
