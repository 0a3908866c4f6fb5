package io.slipway.image.store.source;

import io.slipway.disc.codec.DiscFile;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A disc image: the ISO itself, and beside it the kernel and initrds that it boots with. What it is, and with which
 * arguments it boots from the network, is told by {@link DiscFamilies}.
 *
 * <p>Arguments have {@code ${image}} in them, which stands for the URL of the image as a machine sees it. Files in the ISO
 * are served as {@code <its path>/<their path in it>}.
 */
public final class IsoSource implements ImageSource {

    /** Annotation: what a person should know before a machine boots the disc, in one line. */
    public static final String NOTE = "io.slipway.note";

    private static final int MOST_SHOWN = 8;
    private static final Pattern KERNEL = Pattern.compile("(linux|vmlinu[xz]|bzimage|kernel)[^/]*");
    private static final Pattern INITRD = Pattern.compile("(initrd|initramfs|archiso)[^/]*");

    /** Opens a disc image. */
    interface Discs {
        Disc open(Path iso) throws IOException;
    }

    private final LocalFile file;
    private final Optional<NamedFiles> named;
    private final DiscFamilies families;
    private final Discs discs;

    /**
     * A disc image in a file.
     *
     * @param named what to boot; empty to recognise it
     * @throws IOException there is no such file
     */
    public IsoSource(Path iso, Optional<NamedFiles> named, DiscFamilies families) throws IOException {
        this(LocalFile.of(iso), named, families, OpenedDisc::of);
    }

    IsoSource(LocalFile file, Optional<NamedFiles> named, DiscFamilies families, Discs discs) {
        this.file = file;
        this.named = named;
        this.families = families;
        this.discs = discs;
    }

    @Override
    public String name() {
        return file.shown();
    }

    @Override
    public void read(Intake intake) throws IOException {
        try (Disc disc = discs.open(file.path())) {
            Optional<Recognition> known = new DiscRecogniser(families).recognise(disc);
            if (known.isEmpty() && named.isEmpty()) {
                throw unknown(disc);
            }
            Optional<DiscBoot> boot =
                    named.isPresent() ? Optional.of(named(disc, named.get(), known)) : known.flatMap(Recognition::boot);
            String iso = FileNames.iso(file.name());
            takeFiles(intake, disc, iso, parts(boot, known));
            annotate(intake, iso, boot, known);
        }
    }

    /** What is handed over beside the disc, each file once: the kernel first. */
    private static Map<DiscFile, String> parts(Optional<DiscBoot> boot, Optional<Recognition> known) {
        Map<DiscFile, String> parts = new LinkedHashMap<>();
        boot.ifPresent(present -> {
            parts.put(present.kernel(), ImageFile.KERNEL);
            present.initrds().forEach(initrd -> parts.putIfAbsent(initrd, ImageFile.INITRD));
        });
        known.ifPresent(present -> present.extras().forEach(parts::putIfAbsent));
        return parts;
    }

    private void takeFiles(Intake intake, Disc disc, String iso, Map<DiscFile, String> parts) throws IOException {
        Names names = new Names(file.shown());
        names.add(iso);
        for (DiscFile part : parts.keySet()) {
            names.add(part.path());
        }
        try (InputStream bytes = file.open()) {
            intake.take(new SourceFile(iso, Optional.of(ImageFile.ISO), file.size(), file.modified()), bytes);
        }
        for (var part : parts.entrySet()) {
            DiscFile found = part.getKey();
            try (InputStream bytes = disc.open(found)) {
                SourceFile taken =
                        new SourceFile(found.path(), Optional.of(part.getValue()), found.size(), found.modified());
                intake.take(taken, bytes);
            }
        }
    }

    private static void annotate(Intake intake, String iso, Optional<DiscBoot> boot, Optional<Recognition> known) {
        known.ifPresent(present -> {
            intake.annotate(Image.DESCRIPTION, present.description());
            if (!present.note().isEmpty()) {
                intake.annotate(NOTE, present.note());
            }
        });
        String arguments = boot.map(DiscBoot::arguments).orElse("").replace("${iso}", iso);
        if (!arguments.isEmpty()) {
            intake.annotate(Image.ARGUMENTS, arguments);
        }
    }

    /** A person may know better which kernel to take; the distribution's arguments are those of any of its kernels. */
    private DiscBoot named(Disc disc, NamedFiles files, Optional<Recognition> known) throws IOException {
        DiscFile kernel = find(disc, "kernel", files.kernel());
        List<DiscFile> initrds = new ArrayList<>();
        for (String initrd : files.initrds()) {
            initrds.add(find(disc, "initrd", initrd));
        }
        String arguments =
                known.flatMap(Recognition::boot).map(DiscBoot::arguments).orElse("");
        return new DiscBoot(kernel, initrds, arguments);
    }

    private DiscFile find(Disc disc, String what, String path) throws IOException {
        Optional<DiscFile> found = disc.find(path);
        if (found.isEmpty()) {
            throw new IOException(file.shown() + " has no file '" + Names.shown(path) + "', which is to be its " + what
                    + "; name one that is there. " + candidates(disc));
        }
        return found.get();
    }

    private IOException unknown(Disc disc) throws IOException {
        return new IOException(file.shown() + " is a disc of no kind that is known here; name its boot files, as their"
                + " paths on the disc: kernel=PATH initrd=PATH. " + candidates(disc));
    }

    private static String candidates(Disc disc) throws IOException {
        String kernels = candidates(disc, KERNEL);
        String initrds = candidates(disc, INITRD);
        return (kernels.isEmpty() ? "No file on it looks like a kernel" : "Files that look like a kernel: " + kernels)
                + (initrds.isEmpty() ? "; none like an initrd" : "; like an initrd: " + initrds);
    }

    private static String candidates(Disc disc, Pattern pattern) throws IOException {
        List<String> paths = disc
                .files(
                        path -> pattern.matcher(path.substring(path.lastIndexOf('/') + 1)
                                        .toLowerCase(Locale.ROOT))
                                .matches(),
                        MOST_SHOWN)
                .stream()
                .map(found -> Names.shown(found.path()))
                .toList();
        return String.join(", ", paths);
    }
}
