package io.slipway.boot.policy.command;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.karaf.shell.support.CommandException;

/** Flags behind the first argument, as people write them; the shell itself only takes those before it. */
final class LateFlags {

    private LateFlags() {}

    /**
     * @param words what stands behind the argument: {@code --mac 52:54:00:12:34:56} or {@code --mac=52:54:00:12:34:56}
     * @param flags takes the value of each flag
     */
    static void read(List<String> words, Map<String, Consumer<String>> flags) throws CommandException {
        for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
            String word = left.next();
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (!flags.containsKey(flag)) {
                throw new CommandException(
                        "'" + word + "'; expected one of " + String.join(", ", new TreeSet<>(flags.keySet())));
            }
            if (equals < 0 && !left.hasNext()) {
                throw new CommandException(flag + " needs a value");
            }
            flags.get(flag).accept(equals < 0 ? left.next() : word.substring(equals + 1));
        }
    }
}
