package io.slipway.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.slipway.sockets.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The shipped distribution comes up whole, and serves. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ContainerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** More than one block of TFTP. */
    private static final String NOTES = "served as it is\n".repeat(100);

    @Inject
    @SuppressWarnings("UnusedVariable") // to be given it is to wait until the container has started
    private BootFinished bootFinished;

    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime components;

    @Inject
    private SessionFactory sessions;

    @Configuration
    public Option[] configuration() {
        return new Option[] {SlipwayContainer.options(NOTES)};
    }

    @Test
    public void everyBundleIsActive() {
        List<Bundle> ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("slipway-"))
                .toList();

        assertTrue("only " + ours.size() + " bundles", ours.size() >= 20);
        ours.forEach(bundle -> assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState()));
    }

    @Test
    public void everyComponentIsSatisfied() throws Exception {
        SlipwayComponents ours = new SlipwayComponents(components);

        assertTrue("only " + ours.count() + " components", ours.count() >= 15);
        Await.until("unsatisfied: " + ours.unsatisfied(), LIMIT, () -> ours.unsatisfied()
                .isEmpty());
    }

    @Test
    public void everyCommandAnswers() throws Exception {
        Shell shell = new Shell(sessions);

        assertTrue(shell.run("bootloader:list").contains("pxelinux"));
        assertTrue(shell.run("image:list").contains("Image"));
        assertTrue(shell.run("dhcp:leases").contains("No leases"));
        assertTrue(shell.run("boot:explain 52:54:00:00:00:01").contains("no policy has a rule for this client"));
        assertTrue(shell.run("boot:timeline").contains("Machine"));
    }

    /** Karaf leaves native fragments out silently when a feature marks them as dependencies. */
    @Test
    public void theNativeTransportServes() throws Exception {
        Served served = new Served(context);
        List<String> doors = List.of("dhcp", "pxe", "tftp", "http");
        Await.until("doors open: " + served.doors(), LIMIT, () -> namesOfIpv4(served)
                .equals(doors));

        served.doors().forEach(door -> assertEquals(door.name(), "epoll", door.transport()));
    }

    /** Whether there are doors of IPv6 is the machine's affair. */
    private static List<String> namesOfIpv4(Served served) {
        return served.doors().stream()
                .filter(door -> door.ipv6().isEmpty())
                .map(Door::name)
                .toList();
    }

    @Test
    public void aFileOfTheStaticFolderComesOverTftp() throws Exception {
        Served served = new Served(context);
        Await.until("notes.txt over TFTP", LIMIT, () -> served.text("notes.txt").equals(Optional.of(NOTES)));
    }

    @Test
    public void theSameFileComesOverHttp() throws Exception {
        Served served = new Served(context);
        Await.until("notes.txt over HTTP", LIMIT, () -> served.page("notes.txt").equals(Optional.of(NOTES)));
    }

    /** The folder is another one, its content is served, and nothing else took notice. */
    @Test
    public void aChangedConfigurationApplies() throws Exception {
        Served served = new Served(context);
        ConfigurationFile file = new ConfigurationFile("io.slipway.boot.folder");
        String before = file.read();
        try (Restarts restarts = new Restarts(context)) {
            for (String generation : List.of("first", "second")) {
                file.set(
                        "folder",
                        SlipwayContainer.folder(Map.of("generation", generation))
                                .toString());
                Await.until(generation + " folder is served", LIMIT, () -> served.text("generation")
                        .equals(Optional.of(generation)));
            }
            assertEquals(List.of(), restarts.except("slipway-boot-content"));
        } finally {
            file.write(before);
        }
    }

    /** An editor's second save while the first is being applied: nobody writes the first over it. */
    @Test
    public void anEditWhileTheFormerIsAppliedIsKept() throws Exception {
        ConfigurationFile file = new ConfigurationFile("io.slipway.boot.folder");
        String before = file.read();
        String second =
                before + "# the second edit\nfolder = " + SlipwayContainer.folder(Map.of("edit", "second")) + "\n";
        AtomicInteger updates = new AtomicInteger();
        SynchronousConfigurationListener atTheFirst = event -> {
            if (event.getPid().equals("io.slipway.boot.folder") && updates.getAndIncrement() == 0) {
                try {
                    file.write(second);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        ServiceRegistration<?> listening =
                context.registerService(SynchronousConfigurationListener.class, atTheFirst, null);
        try {
            file.set("folder", SlipwayContainer.folder(Map.of("edit", "first")).toString());

            Served served = new Served(context);
            Await.until("the second folder is served", LIMIT, () -> served.text("edit")
                    .equals(Optional.of("second")));
            assertEquals(second, file.read());
        } finally {
            listening.unregister();
            file.write(before);
        }
    }
}
