package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arguments of the form {@code --name value}, each of which must be asked for. */
final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    static Arguments parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!arguments.get(i).startsWith("--") || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(
                        "unexpected '" + arguments.get(i) + "'; expected --name and a value");
            }
            values.put(arguments.get(i).substring(2), arguments.get(i + 1));
        }
        return new Arguments(values);
    }

    String text(String name) {
        String value = values.remove(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    String text(String name, String other) {
        return values.containsKey(name) ? text(name) : other;
    }

    int number(String name, int other) {
        String text = text(name, Integer.toString(other));
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " " + text + "; expected a number", e);
        }
    }

    double share(String name) {
        String text = text(name, "0");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " " + text + "; expected a share such as 0.05", e);
        }
    }

    InetSocketAddress address(String name, int port) throws IOException {
        URI uri = URI.create("tftp://" + text(name));
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "--" + name + " " + text(name) + "; expected an address, such as 192.0.2.1:69 or [2001:db8::1]:69");
        }
        return new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort() < 0 ? port : uri.getPort());
    }

    void requireAllUsed() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("unknown argument --"
                    + values.keySet().stream().sorted().findFirst().orElseThrow());
        }
    }

    Duration millis(String name, int other) {
        return Duration.ofMillis(number(name, other));
    }

    /** The content of a file, without a copy; empty when none is named. */
    ByteBuf content(String name) throws IOException {
        String file = text(name, "");
        if (file.isEmpty()) {
            return Unpooled.EMPTY_BUFFER;
        }
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
            return Unpooled.wrappedBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }
}
