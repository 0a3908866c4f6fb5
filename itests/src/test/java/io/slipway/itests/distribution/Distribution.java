package io.slipway.itests.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The unpacked archive, and the folder of a server that is started from it.
 *
 * @param home the programs
 * @param base etc, data and deploy
 */
record Distribution(Path home, Path base) {

    /** Unpacks the archive and configures a server on the loopback interface, with ports of its own. */
    static Distribution unpack(Path folder) throws Exception {
        Distribution unpacked = new Distribution(Files.createDirectory(folder.resolve("home")), folder.resolve("base"));
        String archive = System.getProperty("slipway.assembly");
        Process tar = new ProcessBuilder("tar", "xzf", archive, "-C", unpacked.home.toString(), "--strip-components=1")
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot unpack " + archive);
        }
        Files.createDirectories(unpacked.base.resolve("etc"));
        unpacked.write("io.slipway.sockets.cfg", "interfaces = lo\ndoors = dhcp:0, pxe:0, tftp:0, http:0/tcp\n");
        unpacked.write(
                "org.apache.karaf.shell.cfg",
                "sshHost = 127.0.0.1\nsshPort = " + freePort()
                        + "\nsshRealm = karaf\nsshRole = ssh\nhostKey = ${karaf.etc}/host.key\n");
        return unpacked;
    }

    /** Writes a file of the base's etc folder. */
    void write(String name, String content) throws IOException {
        Files.writeString(base.resolve("etc").resolve(name), content);
    }

    /** A program of the distribution, about to run on the base. */
    ProcessBuilder program(String name, String... arguments) {
        return onBase(new ProcessBuilder(
                Stream.concat(Stream.of(home.resolve("bin").resolve(name).toString()), Arrays.stream(arguments))
                        .toList()));
    }

    /** What {@code bin/karaf} does before it starts Java. */
    ProcessBuilder settingUp() {
        ProcessBuilder builder = onBase(new ProcessBuilder("sh", "-c", ". \"$DIRNAME/setenv\""));
        builder.environment().put("KARAF_SCRIPT", "karaf");
        builder.environment().put("DIRNAME", home.resolve("bin").toString());
        return builder;
    }

    /** Every file below the home with its time of change. */
    Map<String, String> homeFiles() {
        try (Stream<Path> walk = Files.walk(home)) {
            Map<String, String> found = new TreeMap<>();
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                found.put(
                        home.relativize(file).toString(),
                        Files.getLastModifiedTime(file).toString());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder onBase(ProcessBuilder builder) {
        builder.environment().put("KARAF_BASE", base.toString());
        builder.environment().put("KARAF_EXEC", "exec");
        builder.environment().remove("KARAF_HOME");
        return builder.redirectErrorStream(true);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
