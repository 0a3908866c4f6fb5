package io.slipway.itests.container;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.CoreOptions.when;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The distribution as it is shipped, serving the loopback interface on ports that the kernel chooses. */
final class SlipwayContainer {

    private SlipwayContainer() {}

    /** The distribution, with a file {@code notes.txt} of this text in the static folder. */
    static Option options(String notes) {
        return composite(
                karafDistributionConfiguration()
                        .frameworkUrl("file:" + required("slipway.assembly"))
                        .karafVersion(required("karaf.version"))
                        .name("Slipway")
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                configureConsole().ignoreLocalConsole(),
                doNotModifyLogConfiguration(),
                when(Boolean.getBoolean("keep.container")).useOptions(keepRuntimeFolder()),
                javaOptions(),
                // Pax Exam brings its own bundles into the container: out of the local repository, not off a network.
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.localRepository",
                        required("slipway.local.repository")),
                editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", Integer.toString(freePort())),
                editConfigurationFilePut(
                        "etc/io.slipway.boot.folder.cfg",
                        "folder",
                        folder(Map.of("notes.txt", notes)).toString()),
                editConfigurationFilePut("etc/io.slipway.sockets.cfg", "interfaces", "lo"),
                editConfigurationFilePut("etc/io.slipway.sockets.cfg", "doors", "dhcp:0, pxe:0, tftp:0, http:0/tcp"));
    }

    /** What {@code bin/karaf} gives Java: Pax Exam starts the container without it. */
    private static Option javaOptions() {
        String endorsed = "lib/endorsed/org.apache.karaf.specs.";
        String version = required("karaf.version");
        return composite(Stream.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "--add-reads=java.xml=java.logging",
                        "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                        "--patch-module=java.base=" + endorsed + "locator-" + version + ".jar",
                        "--patch-module=java.xml=" + endorsed + "java.xml-" + version + ".jar",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/java.net=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                        "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.ftp=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED",
                        "--add-exports=jdk.xml.dom/org.w3c.dom.html=ALL-UNNAMED",
                        "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
                        "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                        "--add-exports=java.security.sasl/com.sun.security.sasl=ALL-UNNAMED",
                        "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED")
                .map(text -> (Option) vmOption(text))
                .toArray(Option[]::new));
    }

    /** A fresh folder of small files, by name: among the container's data, or here before there is a container. */
    static Path folder(Map<String, String> files) {
        try {
            Path parent = Path.of(System.getProperty("karaf.data", "target")).toAbsolutePath();
            Path folder = Files.createTempDirectory(parent, "files");
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("system property " + property + " is missing; run the tests with Maven");
        }
        return value;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
