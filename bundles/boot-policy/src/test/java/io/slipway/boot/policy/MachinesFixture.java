package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Machines out of a folder and a store. */
public final class MachinesFixture {

    private final Path folder = Files.createTempDirectory("slipway-machines");
    private final PolicyFolder reading = new PolicyFolder(new PolicyFolder.Settings(folder, Duration.ofMinutes(1)));
    private final StoredMachines stored;
    private final KnownMachines machines;

    public MachinesFixture(StateStore store) throws IOException {
        stored = new StoredMachines(store);
        machines = new KnownMachines(reading, stored);
    }

    public KnownMachines machines() {
        return machines;
    }

    /** Puts a.yaml in place and has it taken. */
    public void write(String text) throws IOException {
        refused(text);
        if (!reading.status().problems().isEmpty()) {
            throw new AssertionError(reading.status().problems().toString());
        }
    }

    void refused(String text) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), text);
        reading.look();
        reading.look();
    }

    BootDecision decide(BootClient client) {
        return reading.decide(client, stored.index(), new FixedImages()).orElseThrow();
    }

    public void close() throws IOException, InterruptedException {
        machines.close();
        stored.close();
        reading.stop();
        Files.deleteIfExists(folder.resolve("a.yaml"));
        Files.delete(folder);
    }
}
