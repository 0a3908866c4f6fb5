package io.slipway.boot.policy;

import io.slipway.boot.BootEntry;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the menu entry of a profile: asks the image store what the image's tag names now and pins every path to that
 * image's digest, so that kernel and initrd of one boot belong together.
 */
final class EntryBuilder {

    /** A profile that cannot be booted now; the message says why, and the cure. */
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }

    private final ImageStore images;

    EntryBuilder(ImageStore images) {
        this.images = images;
    }

    BootEntry build(Profile profile) throws UnavailableException {
        try {
            if (profile.payload() instanceof Profile.Linux linux) {
                return linux(profile, linux);
            }
            if (profile.payload() instanceof Profile.Efi efi) {
                Image image = find(efi.image());
                String path = image.bootPath(file(image, efi.image(), efi.path()));
                return new BootEntry.EfiProgram(profile.name(), profile.title(), path, efi.arguments());
            }
            return new BootEntry.LocalBoot(profile.name(), profile.title());
        } catch (IllegalArgumentException e) {
            // A file of the image has a name that no menu can hold; only the entry can tell.
            throw new UnavailableException(e.getMessage() + "; rename the file and import the image again");
        }
    }

    private BootEntry linux(Profile profile, Profile.Linux linux) throws UnavailableException {
        Image image = find(linux.image());
        ImageFile kernel = linux.kernel().isPresent()
                ? file(image, linux.image(), linux.kernel().get())
                : onlyKernel(image, linux);
        List<String> initrds = new ArrayList<>();
        for (ImageFile initrd : initrds(image, linux, kernel)) {
            initrds.add(image.bootPath(initrd));
        }
        return new BootEntry.Linux(
                profile.name(), profile.title(), image.bootPath(kernel), initrds, arguments(linux, image));
    }

    /** What the profile says; else what the image says of itself, unless that has a place for what is not known here. */
    private static String arguments(Profile.Linux linux, Image image) {
        String own = image.annotations().getOrDefault(Image.ARGUMENTS, "");
        return linux.arguments().isEmpty() && !own.contains("${") ? own : linux.arguments();
    }

    private Image find(ImageRef ref) throws UnavailableException {
        try {
            return images.find(ref)
                    .orElseThrow(() -> new UnavailableException(
                            "there is no image " + ref + "; import it: image:import FOLDER " + ref));
        } catch (IOException e) {
            throw new UnavailableException("image " + ref + " cannot be read (" + e.getMessage()
                    + "); mend the storage, or import it again: image:import FOLDER " + ref);
        }
    }

    private static ImageFile file(Image image, ImageRef ref, String path) throws UnavailableException {
        return image.file(path)
                .orElseThrow(() -> new UnavailableException("image " + ref + " has no file '" + path + "'"
                        + Nearest.suggestion(
                                path,
                                image.files().stream().map(ImageFile::path).toList())));
    }

    private static ImageFile onlyKernel(Image image, Profile.Linux linux) throws UnavailableException {
        List<ImageFile> kernels = image.inRole(ImageFile.KERNEL);
        if (kernels.size() != 1) {
            throw new UnavailableException("image " + linux.image() + " has "
                    + (kernels.isEmpty() ? "no kernel" : "several kernels (" + paths(kernels) + ")")
                    + "; name one under 'kernel'");
        }
        return kernels.get(0);
    }

    private static List<ImageFile> initrds(Image image, Profile.Linux linux, ImageFile kernel)
            throws UnavailableException {
        if (linux.initrds().isPresent()) {
            List<ImageFile> named = new ArrayList<>();
            for (String path : linux.initrds().get()) {
                named.add(file(image, linux.image(), path));
            }
            return named;
        }
        List<ImageFile> all = image.inRole(ImageFile.INITRD);
        List<ImageFile> beside =
                all.stream().filter(file -> folder(file).equals(folder(kernel))).toList();
        List<ImageFile> likely = beside.isEmpty() ? all : beside;
        if (likely.size() > 1) {
            throw new UnavailableException("image " + linux.image() + " has several initrds (" + paths(likely)
                    + "); name them under 'initrd'");
        }
        return likely;
    }

    private static String folder(ImageFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/') + 1);
    }

    private static String paths(List<ImageFile> files) {
        List<String> first = files.stream().map(ImageFile::path).limit(4).toList();
        return String.join(", ", first) + (files.size() > first.size() ? ", …" : "");
    }
}
