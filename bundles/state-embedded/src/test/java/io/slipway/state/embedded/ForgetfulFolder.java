package io.slipway.state.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A folder in memory on a disk that forgets what was not forced, fails when it is told to, and loses its power. */
final class ForgetfulFolder implements LogFolder {

    private final Random random;
    private final Map<String, ForgetfulFile> durable;
    private final Map<String, ForgetfulFile> seen;
    private final List<Consumer<Map<String, ForgetfulFile>>> unforced = new ArrayList<>();
    private Predicate<String> failing = operation -> false;
    private int untilCrash = Integer.MAX_VALUE;
    private int operations;
    private long capacity = Long.MAX_VALUE;
    private boolean stopped;

    ForgetfulFolder(Random random) {
        this(random, new TreeMap<>());
    }

    private ForgetfulFolder(Random random, Map<String, ForgetfulFile> names) {
        this.random = random;
        this.durable = new TreeMap<>(names);
        this.seen = new TreeMap<>(names);
    }

    /** Operations are named create, rename, delete, copy, force-folder, write, truncate, force. */
    synchronized void failWhen(Predicate<String> predicate) {
        failing = predicate;
    }

    /** From now on the files together get no longer than this. */
    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    synchronized long used() {
        return seen.values().stream().mapToLong(ForgetfulFile::size).sum();
    }

    synchronized void stopAfter(int operations) {
        untilCrash = operations;
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** How many operations there were: so many places where it can stop. */
    synchronized int operations() {
        return operations;
    }

    /** The folder as it is when the power is back. */
    synchronized ForgetfulFolder afterPowerCut() {
        stopped = true;
        Map<String, ForgetfulFile> names = new TreeMap<>(durable);
        unforced.subList(0, random.nextInt(unforced.size() + 1)).forEach(operation -> operation.accept(names));
        names.replaceAll((name, file) -> file.afterCrash(random));
        return new ForgetfulFolder(random, names);
    }

    /** The folder as another process finds it after this one was killed: the kernel forgot nothing yet. */
    synchronized ForgetfulFolder afterKill() {
        stopped = false;
        return this;
    }

    synchronized byte[] content(String name) {
        return seen.get(name).content();
    }

    /** Puts a file there, as if it had been there for long. */
    synchronized void place(String name, byte[] content) {
        ForgetfulFile file = new ForgetfulFile();
        file.write(content, 0);
        file.force();
        seen.put(name, file);
        durable.put(name, file);
    }

    private void stop() throws IOException {
        stopped = true;
        throw new IOException("the machine stopped");
    }

    private void perform(String operation, Runnable action, Runnable failed) throws IOException {
        operations++;
        boolean last = untilCrash-- <= 0;
        if (stopped || (last && random.nextBoolean())) {
            stop();
        }
        if (failing.test(operation)) {
            failed.run();
            throw new IOException(operation + " fails");
        }
        action.run();
        if (last) {
            stop();
        }
    }

    private void rename(String operation, Consumer<Map<String, ForgetfulFile>> change) throws IOException {
        perform(
                operation,
                () -> {
                    change.accept(seen);
                    unforced.add(change);
                },
                () -> {});
    }

    @Override
    public synchronized boolean has(String name) {
        return seen.containsKey(name);
    }

    @Override
    public synchronized LogFile open(String name) {
        return new Handle(seen.get(name));
    }

    @Override
    public synchronized LogFile create(String name) throws IOException {
        ForgetfulFile file = new ForgetfulFile();
        rename("create", names -> names.put(name, file));
        return new Handle(file);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        ForgetfulFile file = seen.get(from);
        rename("rename", names -> {
            names.remove(from);
            names.put(to, file);
        });
    }

    @Override
    public synchronized void copy(String from, String to) throws IOException {
        ForgetfulFile file = new ForgetfulFile();
        file.write(seen.get(from).content(), 0);
        file.force();
        rename("copy", names -> names.put(to, file));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        rename("delete", names -> names.remove(name));
    }

    @Override
    public synchronized void force() throws IOException {
        perform(
                "force-folder",
                () -> {
                    unforced.forEach(operation -> operation.accept(durable));
                    unforced.clear();
                },
                () -> {});
    }

    @Override
    public String describe(String name) {
        return "memory/" + name;
    }

    @Override
    public void close() {
        // Nobody else can open it.
    }

    private final class Handle implements LogFile {

        private final ForgetfulFile file;

        Handle(ForgetfulFile file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void read(ByteBuffer target, long position) {
            file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
            synchronized (ForgetfulFolder.this) {
                long growth = Math.max(0, position + bytes.length - file.size());
                if (growth > 0 && used() + growth > capacity) {
                    throw new IOException("No space left on device");
                }
                perform("write", () -> file.write(bytes, position), () -> file.write(half, position));
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (ForgetfulFolder.this) {
                perform("truncate", () -> file.truncate(size), () -> {});
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            synchronized (ForgetfulFolder.this) {
                perform("force", file::force, file::failForce);
            }
        }

        @Override
        public void close() {
            // Closing forces nothing.
        }
    }
}
