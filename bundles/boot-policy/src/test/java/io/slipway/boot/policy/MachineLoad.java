package io.slipway.boot.policy;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Measures how long many machines take to load from files and from the state store, what they weigh, and what a look-up
 * costs: {@code java … io.slipway.boot.policy.MachineLoad [100000]}. Not a test.
 */
public final class MachineLoad {

    private static final int PER_FILE = 5_000;
    private static final int LOOK_UPS = 2_000_000;

    private interface Load {
        Object run() throws Exception;
    }

    private MachineLoad() {}

    public static void main(String[] arguments) throws Exception {
        int most = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        for (int number : new int[] {1_000, 10_000, most}) {
            List<SourceFile> files = files(number);
            BootConfiguration read =
                    (BootConfiguration) measure(number + " machines in files", () -> BootConfiguration.parse(files));
            lookUps(number, new MachineDirectory(read.machines(), new StoredIndex()));

            MemoryStore store = new MemoryStore();
            for (int i = 0; i < number; i++) {
                store.records.put(MachineRecord.key(name(i)), MachineRecord.encode(machine(i)));
            }
            StoredMachines stored =
                    (StoredMachines) measure(number + " machines in the store", () -> new StoredMachines(store));
            lookUps(number, new MachineDirectory(FileMachines.NONE, stored.index()));
        }
    }

    private static Object measure(String what, Load load) throws Exception {
        long before = used();
        long start = cpuTime();
        Object loaded = load.run();
        long took = cpuTime() - start;
        System.out.printf(
                Locale.ROOT, "%-32s %6d ms of CPU  %5.1f MiB%n", what, took / 1_000_000, (used() - before) / 1048576.0);
        return loaded;
    }

    private static void lookUps(int number, MachineDirectory directory) {
        IntFunction<Optional<KnownMachine>> byMac = i -> directory.find(new MachineIdentity.Mac(mac(i).address()));
        IntFunction<Optional<KnownMachine>> byAddress = i -> directory.find(Addresses.of(0x0a01_0000 + i));
        timed("  look-up by MAC", number, byMac);
        timed("  look-up by address", number, byAddress);
    }

    private static void timed(String what, int number, IntFunction<Optional<KnownMachine>> lookUp) {
        for (int round = 0; round < 2; round++) {
            long start = cpuTime();
            int found = 0;
            for (int i = 0; i < LOOK_UPS; i++) {
                found += lookUp.apply((int) (i * 7919L % number)).isPresent() ? 1 : 0;
            }
            long each = (cpuTime() - start) / LOOK_UPS;
            if (found != LOOK_UPS) {
                throw new IllegalStateException(found + " found of " + LOOK_UPS);
            }
            if (round == 1) {
                System.out.println(what + " " + each + " ns");
            }
        }
    }

    /** Of this thread, in nanoseconds: what else the machine does must not count. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String name(int i) {
        return "node-%06d".formatted(i);
    }

    private static MachineIdentity.Mac mac(int i) {
        return new MachineIdentity.Mac(new MacAddress(0x5254_0000_0000L + i));
    }

    private static Machine machine(int i) {
        return Machine.builder(name(i))
                .identity(mac(i))
                .uuid(new UUID(42, i))
                .address(Addresses.of(0x0a01_0000 + i))
                .label("rack", "r" + i / 40)
                .label("role", "compute")
                .build();
    }

    private static List<SourceFile> files(int number) {
        List<SourceFile> files = new ArrayList<>();
        for (int first = 0; first < number; first += PER_FILE) {
            StringBuilder text = new StringBuilder("machines:\n");
            for (int i = first; i < Math.min(number, first + PER_FILE); i++) {
                Machine machine = machine(i);
                text.append("  %s: { mac: %s, uuid: %s, address: %s, labels: { rack: r%d, role: compute } }\n"
                        .formatted(
                                machine.name(),
                                mac(i).address(),
                                new UUID(42, i),
                                machine.addresses().get(0).getHostAddress(),
                                i / 40));
            }
            files.add(Policies.file("m%03d.yaml".formatted(files.size()), text.toString()));
        }
        return files;
    }
}
