package io.slipway.image.store.source;

import io.slipway.image.ImageFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an archive holds, as folders, files and links: links are followed when all is known, also those to folders, so that
 * an archive is imported as the folder would be that it is unpacked to.
 */
final class TarTree {

    /** As in a folder that is imported; a tree with more is no image of boot files. */
    static final int MOST_ENTRIES = 10_000;

    /** As Linux has it (path_resolution(7), "Length limit" and ELOOP). */
    private static final int MOST_LINKS = 40;

    private static final int LONGEST_TARGET = 4096;

    /** Is told of every file that links give another path. */
    interface Links {
        void link(String path, ImageFile file) throws IOException;
    }

    private sealed interface Node permits Folder, Stored, Link {}

    private static final class Folder implements Node {
        final Folder parent;
        final SortedMap<String, Node> children = new TreeMap<>();

        /** The root, whose parent is itself. */
        Folder() {
            this.parent = this;
        }

        Folder(Folder parent) {
            this.parent = parent;
        }
    }

    private record Stored(ImageFile file) implements Node {}

    /** @param hard whether the target is told from the root, and a link that it names is copied */
    private record Link(Folder folder, String path, String target, boolean hard) implements Node {}

    private final String archive;
    private final Folder root = new Folder();
    private int entries;
    /** By the one path that is followed now: else a few links that name each other would be followed for ever. */
    private int followed;

    TarTree(String archive) {
        this.archive = archive;
    }

    /** A folder may be there already: archives name it when they like. */
    void addFolder(String path) throws IOException {
        folder(path);
    }

    /** @param path not that of the root */
    void addFile(String path, ImageFile file) throws IOException {
        add(path, new Stored(file));
    }

    /** @param target as the archive has it */
    void addLink(String path, String target, boolean hard) throws IOException {
        if (target.length() > LONGEST_TARGET) {
            throw new IOException(archive + ": the link '" + path + "' has a target of " + target.length()
                    + " characters; put the file in its place");
        }
        add(path, new Link(folder(parent(path)), path, target, hard));
    }

    /** @throws IOException names the link that leads nowhere or out of the archive, and the cure */
    void follow(Links links) throws IOException {
        entries = 0;
        new Walk(links).enter(root, "", false);
    }

    private void add(String path, Node node) throws IOException {
        count();
        Node there = folder(parent(path)).children.putIfAbsent(name(path), node);
        if (there != null) {
            throw new IOException(archive + " holds '" + path + "' twice; make it again with each file once");
        }
    }

    private Folder folder(String path) throws IOException {
        Folder folder = root;
        if (path.isEmpty()) {
            return folder;
        }
        for (String segment : path.split("/")) {
            Node child = folder.children.get(segment);
            if (child == null) {
                count();
                child = new Folder(folder);
                folder.children.put(segment, child);
            }
            if (!(child instanceof Folder)) {
                throw new IOException(
                        archive + " holds '" + path + "' as a folder, and a part of that path as a file or"
                                + " a link; make it again from one folder");
            }
            folder = (Folder) child;
        }
        return folder;
    }

    private void count() throws IOException {
        if (++entries > MOST_ENTRIES) {
            throw new IOException(
                    archive + " holds more than " + MOST_ENTRIES + " files and folders; an image holds boot"
                            + " files: put a tree into an ISO, a squashfs or an archive, and that into the image");
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Node target(Link link) throws IOException {
        if (++followed > MOST_LINKS) {
            throw refused(link, "leads in a circle", "remove it");
        }
        Node there = at(link.hard() ? root : link.folder(), link, !link.hard());
        if (there instanceof Link copied) {
            Link here = new Link(
                    copied.hard() ? copied.folder() : link.folder(), link.path(), copied.target(), copied.hard());
            return target(here);
        }
        if (link.hard() && there instanceof Folder) {
            throw refused(link, "leads to a folder, as no hard link can", "make the archive again");
        }
        return there;
    }

    /** What a link's target names; a link there is followed when it must be, and when more of the path comes. */
    private Node at(Folder from, Link link, boolean last) throws IOException {
        String target = link.target();
        if (target.startsWith("/")) {
            throw refused(link, "leads out of the archive", "put the file in its place");
        }
        Node node = from;
        String[] segments = target.split("/");
        for (int at = 0; at < segments.length; at++) {
            if (!(node instanceof Folder folder)) {
                throw refused(link, "leads nowhere", "remove it, or put there what it names");
            }
            node = step(folder, segments[at], link);
            if (node instanceof Link further && (last || at < segments.length - 1)) {
                node = target(further);
            }
        }
        return node;
    }

    private Node step(Folder folder, String segment, Link link) throws IOException {
        if (segment.isEmpty() || segment.equals(".")) {
            return folder;
        }
        if (segment.equals("..")) {
            if (folder == root) {
                throw refused(link, "leads out of the archive", "put the file in its place");
            }
            return folder.parent;
        }
        Node child = folder.children.get(segment);
        if (child == null) {
            throw refused(link, "leads nowhere", "remove it, or put there what it names");
        }
        return child;
    }

    private IOException refused(Link link, String why, String cure) {
        return new IOException(archive + ": the link '" + link.path() + "' to '" + Names.shown(link.target()) + "' "
                + why + "; " + cure);
    }

    /** From the root into every folder, and through links to folders, but never into one that it is in already. */
    private final class Walk {

        private final Links links;
        private final Deque<Folder> open = new ArrayDeque<>();

        Walk(Links links) {
            this.links = links;
        }

        void enter(Folder folder, String prefix, boolean linked) throws IOException {
            if (open.contains(folder)) {
                return;
            }
            if (prefix.length() > Names.LONGEST) {
                throw new IOException(archive + " holds a folder with a path of " + prefix.length()
                        + " characters; make it again with shorter names");
            }
            open.push(folder);
            for (var child : folder.children.entrySet()) {
                visit(child.getValue(), prefix + child.getKey(), linked);
            }
            open.pop();
        }

        private void visit(Node node, String path, boolean linked) throws IOException {
            count();
            followed = 0;
            Node real = node instanceof Link link ? target(link) : node;
            if (real instanceof Folder folder) {
                enter(folder, path + "/", linked || node instanceof Link);
            } else if (real instanceof Stored stored && (linked || node instanceof Link)) {
                links.link(path, stored.file());
            }
        }
    }
}
