package io.slipway.disc.codec;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree in memory. The root is folder 0. */
final class FakeTree implements DiscTree {

    private final Map<Long, List<DiscName>> folders = new HashMap<>();
    private final List<DiscNode> nodes = new ArrayList<>();
    private int listed;

    static DiscNode file() {
        return new RegularNode(Instant.EPOCH, List.of());
    }

    static DiscNode link(String target) {
        return new LinkNode(target);
    }

    static FolderNode folder(long id) {
        return new FolderNode(id, List.of());
    }

    FakeTree put(long folder, String name, DiscNode node) {
        folders.computeIfAbsent(folder, id -> new ArrayList<>()).add(new DiscName(name, nodes.size()));
        nodes.add(node);
        return this;
    }

    /** How many directories were read. */
    int listed() {
        return listed;
    }

    @Override
    public String label() {
        return "FAKE";
    }

    @Override
    public FolderNode root() {
        return folder(0);
    }

    @Override
    public Directory list(DiscReading reading, FolderNode folder) throws IOException {
        listed++;
        Directory.Builder names = new Directory.Builder(reading);
        for (DiscName name : folders.getOrDefault(folder.id(), List.of())) {
            names.add(name.name(), name.at(), 0);
        }
        return names.build();
    }

    @Override
    public DiscNode node(DiscReading reading, DiscName name) {
        return nodes.get((int) name.at());
    }
}
