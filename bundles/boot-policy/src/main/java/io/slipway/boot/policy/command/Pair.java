package io.slipway.boot.policy.command;

import org.apache.karaf.shell.support.CommandException;

/** {@code name=value}, as a person writes it behind a flag. */
record Pair(String name, String value) {

    static Pair parse(String flag, String text) throws CommandException {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new CommandException(flag + " " + text + "; expected the form name=value");
        }
        return new Pair(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
}
