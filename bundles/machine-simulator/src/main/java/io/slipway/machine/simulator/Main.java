package io.slipway.machine.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Plays machines from the command line: {@code ./slipway bench} and the tests with real programs do. */
public final class Main {

    private Main() {}

    /** Ends with 0 when every machine has got its files, 1 when one has not, and 2 for arguments that make no sense. */
    public static void main(String[] arguments) throws Exception {
        int code;
        try {
            code = run(List.of(arguments), System.out) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("usage: " + TftpRounds.USAGE + "\n       " + BootStorm.USAGE);
            code = 2;
        }
        System.exit(code);
    }

    static boolean run(List<String> arguments, PrintStream out) throws IOException {
        String what = arguments.isEmpty() ? "" : arguments.get(0);
        if (!what.equals("tftp") && !what.equals("storm")) {
            throw new IllegalArgumentException("expected what to play: tftp or storm");
        }
        Arguments rest = Arguments.parse(arguments.subList(1, arguments.size()));
        return what.equals("tftp") ? TftpRounds.run(rest, out) : BootStorm.run(rest, out);
    }
}
