package io.slipway.boot.content;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootRequest;
import io.slipway.disc.codec.DiscFile;
import io.slipway.disc.codec.DiscImage;
import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The files of images, under {@code /images/sha256-<manifest>/<path>}; and those on their discs, under
 * {@code <path of the disc>/<path on it>}, right out of the disc's own file.
 */
@Component(service = BootFileSource.class)
public final class ImageFiles implements BootFileSource {

    private static final Pattern PATH = Pattern.compile("/images/sha256-([0-9a-f]{64})/(.+)");

    private final ImageStore store;

    @Activate
    public ImageFiles(@Reference ImageStore store) {
        this.store = store;
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        Optional<Image> image = store.find(new Digest(path.group(1)));
        if (image.isEmpty()) {
            return Optional.empty();
        }
        Optional<ImageFile> file = image.get().file(path.group(2));
        return file.isPresent() ? Optional.of(open(file.get(), image.get())) : onDisc(path.group(2), image.get());
    }

    private BootFile open(ImageFile file, Image image) throws IOException {
        Path local = local(file);
        return BootFile.of(List.of(new BootFile.Extent(local, 0, file.size())), MediaTypes.of(file.path()))
                .withDigest(file.digest().toString())
                .withModified(image.created())
                .withImmutablePath();
    }

    private Optional<BootFile> onDisc(String path, Image image) throws IOException {
        for (ImageFile disc : image.inRole(ImageFile.ISO)) {
            if (path.startsWith(disc.path() + "/")) {
                return onDisc(path.substring(disc.path().length() + 1), local(disc));
            }
        }
        return Optional.empty();
    }

    private static Optional<BootFile> onDisc(String path, Path disc) throws IOException {
        try (DiscImage open = DiscImage.open(disc)) {
            return open.find(path).map(file -> BootFile.of(extents(file, disc), MediaTypes.of(path))
                    .withModified(file.modified())
                    .withImmutablePath());
        }
    }

    private static List<BootFile.Extent> extents(DiscFile file, Path disc) {
        return file.extents().stream()
                .map(extent -> new BootFile.Extent(disc, extent.offset(), extent.length()))
                .toList();
    }

    private Path local(ImageFile file) throws IOException {
        Blob blob = store.blob(file.digest())
                .orElseThrow(() -> new IOException("the image's blob " + file.digest() + " is in no storage backend"));
        if (blob.size() != file.size()) {
            throw new IOException("the image's blob " + file.digest() + " has " + blob.size() + " bytes instead of "
                    + file.size() + ": it is damaged, import the image again");
        }
        return blob.file()
                .orElseThrow(() -> new IOException("blob " + file.digest() + " is held remotely, and there is no local"
                        + " storage backend to keep it for machines: start slipway-storage-folder"));
    }
}
