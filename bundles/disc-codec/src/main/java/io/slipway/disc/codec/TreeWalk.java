package io.slipway.disc.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows every regular file of a disc to a visitor, depth first and sorted by name. */
final class TreeWalk {

    private final DiscTree tree;
    private final DiscReading reading;
    private final PathSearch search;
    private final DiscImage.Visitor visitor;
    private final List<FolderNode> folders = new ArrayList<>();
    private int held;
    private int visited;

    TreeWalk(DiscTree tree, DiscReading reading, PathSearch search, DiscImage.Visitor visitor) {
        this.tree = tree;
        this.reading = reading;
        this.search = search;
        this.visitor = visitor;
    }

    void run() throws IOException {
        enter(tree.root(), "");
    }

    /** Shows what is in a folder, and says whether the visitor wants more. */
    private boolean enter(FolderNode folder, String prefix) throws IOException {
        requireNew(folder, prefix);
        List<DiscName> names = tree.list(reading, folder).names();
        count(names.size(), prefix);
        folders.add(folder);
        for (DiscName name : names) {
            if (!show(tree.node(reading, name), prefix + name.name())) {
                return false;
            }
        }
        folders.remove(folders.size() - 1);
        held -= names.size();
        return true;
    }

    private boolean show(DiscNode node, String path) throws IOException {
        if (node instanceof FolderNode folder) {
            return enter(folder, path + "/");
        }
        if (node instanceof LinkNode link) {
            Optional<DiscNode> target = search.follow(folders, link);
            return target.isEmpty() || showFile(target.get(), path);
        }
        return showFile(node, path);
    }

    private boolean showFile(DiscNode node, String path) throws IOException {
        if (node instanceof RegularNode regular) {
            return visitor.visit(regular.file(path));
        }
        if (node instanceof UnreadableNode unreadable) {
            return visitor.refused(path, reading.unreadable(path, unreadable));
        }
        return true;
    }

    private void requireNew(FolderNode folder, String prefix) throws IOException {
        if (folders.size() == Limits.DEPTH) {
            throw reading.refused(
                    "has more than " + Limits.DEPTH + " folders in each other: " + DiscReading.shown(prefix));
        }
        if (folders.stream().anyMatch(above -> above.id() == folder.id())) {
            throw reading.refused("has a folder that holds itself: " + DiscReading.shown(prefix));
        }
    }

    private void count(int names, String prefix) throws IOException {
        held += names;
        visited += names;
        if (held > Limits.HELD_NAMES) {
            throw reading.refused(
                    "has more than " + Limits.HELD_NAMES + " names in " + DiscReading.shown(prefix) + " and above");
        }
        if (visited > Limits.VISITED_NAMES) {
            throw reading.refused("has more than " + Limits.VISITED_NAMES + " files and folders");
        }
    }
}
