package io.slipway.itests.container;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.BootPolicy;
import io.slipway.boot.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The plugin of the tutorial comes and goes while the server runs, and nothing else takes notice. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDeployTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final BootClient BIOS_CLIENT =
            BootClient.builder(MacAddress.parse("52:54:00:00:00:01")).build();

    private static final List<String> PROGRAMS =
            List.of("pxelinux.0", "lpxelinux.0", "ldlinux.c32", "menu.c32", "libutil.c32");

    @Inject
    @SuppressWarnings("UnusedVariable") // to be given it is to wait until the container has started
    private BootFinished bootFinished;

    @Inject
    private BundleContext context;

    @Inject
    private BootPlanner planner;

    private final Path base = Path.of(System.getProperty("karaf.base", ""));
    private final Path deployed = base.resolve("deploy/plugin.jar");
    private ServiceRegistration<BootPolicy> policy;

    /** Both loaders find programs, whether Debian's packages are installed here or not. */
    @Configuration
    public Option[] configuration() {
        Path programs = SlipwayContainer.folder(
                PROGRAMS.stream().collect(Collectors.toMap(name -> name, name -> "stands for " + name)));
        String pxelinux = "etc/io.slipway.loader.pxelinux.cfg";
        String plugin = "etc/io.slipway.examples.bootloader.cfg";
        return new Option[] {
            SlipwayContainer.options("nothing"),
            systemProperty("slipway.plugin").value(SlipwayContainer.required("slipway.plugin")),
            editConfigurationFilePut(
                    pxelinux, "program", programs.resolve("pxelinux.0").toString()),
            editConfigurationFilePut(pxelinux, "modules", programs.toString()),
            editConfigurationFilePut(
                    plugin, "program", programs.resolve("lpxelinux.0").toString()),
            editConfigurationFilePut(
                    plugin, "ldlinux", programs.resolve("ldlinux.c32").toString())
        };
    }

    @Before
    public void giveEverybodySomethingToBoot() throws Exception {
        Dictionary<String, ?> first = FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE));
        BootMenu menu = BootMenu.of(new BootEntry.Linux("test", "Test", "/static/linux", List.of(), "quiet"));
        Netboot netboot = new Netboot(menu, Optional.empty(), "the test says so");
        policy = context.registerService(BootPolicy.class, client -> Optional.of(netboot), first);
        awaitLoader("pxelinux");
        // Its service goes first: what is left of the test before must not look like a restart in this one.
        Await.until("the plugin of the test before is gone", LIMIT, () -> Arrays.stream(context.getBundles())
                .noneMatch(bundle -> bundle.getSymbolicName().equals("bootloader-plugin")));
    }

    @After
    public void remove() throws IOException {
        policy.unregister();
        Files.deleteIfExists(deployed);
    }

    @Test
    public void aDeployedLoaderIsUsedUntilItIsRemoved() throws Exception {
        try (Restarts restarts = new Restarts(context)) {
            deploy();
            awaitLoader("lpxelinux");
            assertEquals(
                    "/lpxelinux/lpxelinux.0",
                    planner.plan(BIOS_CLIENT).program().orElseThrow().path());
            assertEquals("restarted by the arrival", List.of(), restarts.except());

            Files.delete(deployed);
            awaitLoader("pxelinux");
            assertEquals("restarted by the departure", List.of(), restarts.except("bootloader-plugin"));
        }
    }

    @Test
    public void itComesBack() throws Exception {
        for (int round = 0; round < 3; round++) {
            deploy();
            awaitLoader("lpxelinux");
            Files.delete(deployed);
            awaitLoader("pxelinux");
        }
    }

    /** A finished file, renamed into the folder. */
    private void deploy() throws IOException {
        Path finished = base.resolve("plugin.jar.new");
        Files.copy(Path.of(System.getProperty("slipway.plugin")), finished, StandardCopyOption.REPLACE_EXISTING);
        Files.move(finished, deployed, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitLoader(String name) throws Exception {
        Await.until(
                "loader " + name + "; the plan is " + planner.plan(BIOS_CLIENT),
                LIMIT,
                () -> planner.plan(BIOS_CLIENT).loader().equals(Optional.of(name)));
    }
}
