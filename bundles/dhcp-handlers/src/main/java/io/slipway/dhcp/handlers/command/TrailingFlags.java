package io.slipway.dhcp.handlers.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;

/** Flags that stand among or behind the arguments, as people write them; the shell itself only takes those before. */
final class TrailingFlags {

    private TrailingFlags() {}

    /**
     * @param valued flags with a value, {@code --to FOLDER} or {@code --to=FOLDER}
     * @param plain flags without one
     * @return the words that are no flags
     */
    static List<String> read(List<String> words, Map<String, Consumer<String>> valued, Map<String, Runnable> plain)
            throws CommandException {
        List<String> arguments = new ArrayList<>();
        for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
            String word = left.next();
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (!word.startsWith("--")) {
                arguments.add(word);
            } else if (plain.containsKey(word)) {
                plain.get(word).run();
            } else if (!valued.containsKey(flag)) {
                throw new CommandException("'" + word + "'; expected one of "
                        + String.join(
                                ", ",
                                new TreeSet<>(Stream.concat(valued.keySet().stream(), plain.keySet().stream())
                                        .toList())));
            } else if (equals >= 0) {
                valued.get(flag).accept(word.substring(equals + 1));
            } else if (left.hasNext()) {
                valued.get(flag).accept(left.next());
            } else {
                throw new CommandException(flag + " needs a value");
            }
        }
        return arguments;
    }
}
