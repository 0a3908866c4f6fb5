package io.slipway.dhcp.handlers.command;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.karaf.shell.support.CommandException;

/** Waits for what a command changes to be on the disk, and says what is wrong when it is not. */
final class Durable {

    private static final int PATIENCE_SECONDS = 30;

    private Durable() {}

    /** @param change refuses with {@link IllegalArgumentException} */
    static <T> T change(Supplier<CompletionStage<T>> change) throws CommandException, InterruptedException {
        try {
            return change.get().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new CommandException(
                    "not stored: " + e.getCause().getMessage()
                            + "; it counts until a restart at most: look at the disk (space, health) of the data"
                            + " directory, then do it again",
                    e.getCause());
        } catch (TimeoutException e) {
            throw new CommandException(
                    "not stored within " + PATIENCE_SECONDS
                            + " s, perhaps later; look at the disk of the data directory, then do it again",
                    e);
        }
    }
}
