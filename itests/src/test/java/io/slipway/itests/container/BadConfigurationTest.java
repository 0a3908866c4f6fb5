package io.slipway.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A broken value is one line in the log that says what to mend, and everything else serves on. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class BadConfigurationTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String NOTES = "still here";

    @Inject
    @SuppressWarnings("UnusedVariable") // to be given it is to wait until the container has started
    private BootFinished bootFinished;

    @Inject
    private BundleContext context;

    private final Path log = Path.of(System.getProperty("karaf.log", ""), "slipway.log");

    @Configuration
    public Option[] configuration() {
        return new Option[] {SlipwayContainer.options(NOTES)};
    }

    @Test
    public void aRangeOutsideItsSubnetIsRefused() throws Exception {
        Await.until("notes.txt over TFTP", LIMIT, this::isServing);
        ConfigurationFile subnet = new ConfigurationFile("io.slipway.dhcp.subnet-lan");
        try (Restarts restarts = new Restarts(context)) {
            subnet.write("subnet = 10.0.0.0/24\nrange = 10.9.0.1-10.9.0.5\n");

            assertOneLine(List.of(
                    "etc/io.slipway.dhcp.subnet-lan.cfg: range", "10.9.0.1-10.9.0.5", "10.0.0.0/24", "expected"));
            assertTrue(isServing());
            assertEquals(List.of(), restarts.except("slipway-dhcp-handlers", "slipway-dhcp-server"));
        } finally {
            subnet.delete();
        }
    }

    @Test
    public void anUnknownOptionIsRefusedWithTheNearestName() throws Exception {
        Await.until("notes.txt over TFTP", LIMIT, this::isServing);
        ConfigurationFile subnet = new ConfigurationFile("io.slipway.dhcp.subnet-options");
        try (Restarts restarts = new Restarts(context)) {
            subnet.write("subnet = 10.1.0.0/24\nrange = 10.1.0.1-10.1.0.5\n");
            subnet.write("subnet = 10.1.0.0/24\nrange = 10.1.0.1-10.1.0.5\noption.ntp-sevrers = 10.1.0.9\n");

            assertOneLine(List.of("refused: etc/io.slipway.dhcp.subnet-options.cfg: ", "is it ntp-servers?"));
            assertEquals(List.of(), restarts.except());
        } finally {
            subnet.delete();
        }
    }

    @Test
    public void aNumberOutOfBoundsIsRefused() throws Exception {
        Await.until("notes.txt over TFTP", LIMIT, this::isServing);
        ConfigurationFile server = new ConfigurationFile("io.slipway.dhcp.server");
        String before = server.read();
        try (Restarts restarts = new Restarts(context)) {
            server.set("workers", "999");

            assertOneLine(List.of("io.slipway.dhcp.server", "workers", "999", "expected"));
            assertTrue(isServing());
            assertEquals(List.of(), restarts.except("slipway-dhcp-handlers", "slipway-dhcp-server"));
        } finally {
            server.write(before);
        }
    }

    @Test
    public void aTextForANumberIsRefusedByName() throws Exception {
        Await.until("notes.txt over TFTP", LIMIT, this::isServing);
        ConfigurationFile server = new ConfigurationFile("io.slipway.dhcp.server");
        String before = server.read();
        try {
            server.set("queue", "many");

            assertOneLine(List.of("etc/io.slipway.dhcp.server.cfg: queue = many; expected 4 to 1000000"));
        } finally {
            server.write(before);
        }
    }

    @Test
    public void anUnknownInterfaceIsNamedAndTheOtherServes() throws Exception {
        ConfigurationFile sockets = new ConfigurationFile("io.slipway.sockets");
        try {
            sockets.set("interfaces", "lo, nosuch0");

            assertOneLine(List.of("io.slipway.sockets", "interfaces", "nosuch0", "ip -brief link"));
            Await.until("served again", LIMIT, this::isServing);
        } finally {
            mend(sockets);
        }
    }

    /** The next test is to find the sockets as they were, not about to be exchanged. */
    private void mend(ConfigurationFile sockets) throws Exception {
        try (Restarts restarts = new Restarts(context)) {
            sockets.set("interfaces", "lo");
            Await.until("other sockets", LIMIT, () -> !restarts.except().isEmpty());
            Await.until("served as before", LIMIT, this::isServing);
        }
    }

    private boolean isServing() throws IOException {
        return new Served(context).text("notes.txt").equals(Optional.of(NOTES));
    }

    /** The log has a line with all the parts, and only one; no stack trace stands in it. */
    private void assertOneLine(List<String> parts) throws Exception {
        Await.until("a line with " + parts, LIMIT, () -> !lines(parts).isEmpty());
        assertEquals(lines(parts).toString(), 1, lines(parts).size());
        assertTrue(Files.readAllLines(log).stream().noneMatch(line -> line.startsWith("\tat ")));
    }

    private List<String> lines(List<String> parts) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> parts.stream().allMatch(line::contains))
                .toList();
    }
}
