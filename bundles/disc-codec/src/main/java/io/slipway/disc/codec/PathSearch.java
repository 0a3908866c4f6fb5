package io.slipway.disc.codec;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a path on a disc leads to. Symbolic links are followed where they stay on the disc; one that leads out of
 * it, nowhere or round in a circle leads to nothing.
 */
final class PathSearch {

    private final DiscTree tree;
    private final DirectoryCache cache;
    private final DiscReading reading;

    PathSearch(DiscTree tree, DirectoryCache cache, DiscReading reading) {
        this.tree = tree;
        this.cache = cache;
        this.reading = reading;
    }

    /** @param path as the disc spells it, links with their own names */
    record Found(String path, DiscNode node) {}

    /** A file by its path from the root, which has no empty part, {@code .} or {@code ..}. */
    Optional<Found> find(String path) throws IOException {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            return Optional.empty();
        }
        List<String> spelled = new ArrayList<>();
        return search(List.of(tree.root()), parts, spelled).map(node -> new Found(String.join("/", spelled), node));
    }

    /**
     * The file that a link leads to.
     *
     * @param folders from the root to the folder that holds the link
     */
    Optional<DiscNode> follow(List<FolderNode> folders, LinkNode link) throws IOException {
        return link.target().startsWith("/")
                ? Optional.empty()
                : search(folders, List.of(link.target().split("/")), new ArrayList<>());
    }

    /** @param spelled takes the names of the parts, as far as they are found, that no link has brought */
    private Optional<DiscNode> search(List<FolderNode> from, List<String> parts, List<String> spelled)
            throws IOException {
        List<FolderNode> folders = new ArrayList<>(from);
        Deque<String> pending = new ArrayDeque<>(parts);
        int hops = 0;
        int ofLinks = 0;
        while (!pending.isEmpty()) {
            String part = pending.pop();
            boolean ofLink = ofLinks > 0;
            ofLinks -= ofLink ? 1 : 0;
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                folders.remove(folders.size() - 1);
                if (folders.isEmpty()) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<DiscName> name = directory(folders.get(folders.size() - 1)).find(part);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            if (!ofLink) {
                spelled.add(name.get().name());
            }
            DiscNode node = tree.node(reading, name.get());
            if (node instanceof LinkNode link) {
                if (link.target().startsWith("/") || ++hops > Limits.LINK_HOPS) {
                    return Optional.empty();
                }
                ofLinks += push(link, pending);
            } else if (node instanceof FolderNode folder && folders.size() < Limits.DEPTH) {
                folders.add(folder);
            } else {
                return pending.isEmpty() && !(node instanceof FolderNode) ? Optional.of(node) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static int push(LinkNode link, Deque<String> pending) {
        String[] parts = link.target().split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            pending.push(parts[i]);
        }
        return parts.length;
    }

    private Directory directory(FolderNode folder) throws IOException {
        Optional<Directory> kept = cache.get(folder.id());
        if (kept.isPresent()) {
            return kept.get();
        }
        Directory directory = tree.list(reading, folder);
        cache.keep(folder.id(), directory);
        return directory;
    }
}
