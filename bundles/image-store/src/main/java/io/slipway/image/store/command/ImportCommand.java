package io.slipway.image.store.command;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.store.OciImageStore;
import io.slipway.image.store.Sources;
import io.slipway.image.store.source.LayoutImage;
import io.slipway.image.store.source.NamedFiles;
import io.slipway.image.store.source.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code image:import SOURCE REF}. A failure is thrown: the shell prints its message and the script sees it. */
@Service
@Command(
        scope = "image",
        name = "import",
        description =
                "Imports boot files as an image: a folder, a tar archive, a disc image, another file, a URL of one of"
                        + " these, or an OCI image layout")
public class ImportCommand implements Action {

    @Argument(index = 0, name = "source", description = "A path or a URL", required = true)
    @Completion(FolderCompleter.class)
    String source;

    @Argument(
            index = 1,
            name = "ref",
            description = "What the image is called, such as debian-12:current",
            required = true)
    @Completion(ImageRefCompleter.class)
    String ref;

    @Option(
            name = "--kernel",
            description = "The kernel's path on a disc that is not recognised",
            valueToShowInHelp = "")
    String kernel = "";

    @Option(
            name = "--initrd",
            description = "The path of an initrd on it; may be given several times",
            multiValued = true,
            valueToShowInHelp = "")
    List<String> initrds = List.of();

    @Option(name = "--sha256", description = "The sum that a download must have", valueToShowInHelp = "")
    String sum = "";

    @Reference
    ImageStore store;

    @Reference
    OciImageStore layouts;

    Sources sources = Sources.ofServer();

    @Override
    public Object execute() throws IOException {
        ImageRef name = ImageRef.parse(ref);
        long start = System.nanoTime();
        Image image = isLayout() ? adopt(name) : importFrom(name);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(name + " is " + image.digest());
        Optional.ofNullable(image.annotations().get(Image.DESCRIPTION)).ifPresent(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "%d files, %s (%d bytes) in %.1f s%n",
                image.files().size(),
                Sizes.of(image.size()),
                image.size(),
                seconds);
        for (String role : List.of(ImageFile.KERNEL, ImageFile.INITRD, ImageFile.ISO)) {
            image.inRole(role)
                    .forEach(file -> System.out.println(role + " " + file.path() + " (" + Sizes.of(file.size()) + ")"));
        }
        return null;
    }

    private Image importFrom(ImageRef name) throws IOException {
        if (kernel.isEmpty() && !initrds.isEmpty()) {
            throw new IllegalArgumentException("--initrd needs --kernel");
        }
        Progress progress = new Progress(System.out);
        Optional<NamedFiles> named = kernel.isEmpty() ? Optional.empty() : Optional.of(new NamedFiles(kernel, initrds));
        Optional<Digest> expected =
                sum.isEmpty() ? Optional.empty() : Optional.of(new Digest(sum.toLowerCase(Locale.ROOT)));
        return store.importFrom(sources.of(source, expected, named, progress), name, progress);
    }

    private boolean isLayout() {
        return !source.contains("://") && Files.isDirectory(Path.of(source)) && OciLayout.isAt(Path.of(source));
    }

    /** With the manifest as it is, so that other tools find the image by the same digest. */
    private Image adopt(ImageRef name) throws IOException {
        List<LayoutImage> all = OciLayout.read(Path.of(source));
        List<LayoutImage> meant = all.size() == 1
                ? all
                : all.stream()
                        .filter(image -> image.suggested().equals(Optional.of(name)))
                        .toList();
        if (meant.size() != 1) {
            throw new IOException(source + " holds " + all.size() + " images and none of them is called " + name
                    + "; image:restore brings them all, with the names that they have there");
        }
        return layouts.adopt(name, meant.get(0));
    }
}
