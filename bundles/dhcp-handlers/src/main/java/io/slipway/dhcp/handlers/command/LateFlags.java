package io.slipway.dhcp.handlers.command;

import java.util.ArrayList;
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
     * Takes the flags and leaves the rest.
     *
     * @param words what stands behind the argument
     * @param valued takes the value of each flag that has one: {@code --name web-1} or {@code --name=web-1}
     * @param bare of the flags without a value
     * @return the words that are no flags
     */
    static List<String> read(List<String> words, Map<String, Consumer<String>> valued, Map<String, Runnable> bare)
            throws CommandException {
        List<String> others = new ArrayList<>();
        for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
            String word = left.next();
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (!word.startsWith("-")) {
                others.add(word);
            } else if (bare.containsKey(word)) {
                bare.get(word).run();
            } else if (!valued.containsKey(flag)) {
                TreeSet<String> known = new TreeSet<>(valued.keySet());
                known.addAll(bare.keySet());
                throw new CommandException("'" + word + "'; expected one of " + String.join(", ", known));
            } else if (equals < 0 && !left.hasNext()) {
                throw new CommandException(flag + " needs a value");
            } else {
                valued.get(flag).accept(equals < 0 ? left.next() : word.substring(equals + 1));
            }
        }
        return others;
    }
}
