package io.slipway.boot.content;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootRequest;
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

/** The files of images, under {@code /images/sha256-<manifest>/<path>}. */
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
        Optional<ImageFile> file = image.flatMap(present -> present.file(path.group(2)));
        return file.isEmpty() ? Optional.empty() : Optional.of(open(file.get(), image.get()));
    }

    private BootFile open(ImageFile file, Image image) throws IOException {
        Blob blob = store.blob(file.digest())
                .orElseThrow(() -> new IOException("the image's blob " + file.digest() + " is in no storage backend"));
        Path local = blob.file()
                .orElseThrow(() -> new IOException("the storage backend of blob " + file.digest()
                        + " holds it remotely, and only local files are served: import the image to a folder backend"));
        if (blob.size() != file.size()) {
            throw new IOException("the image's blob " + file.digest() + " has " + blob.size() + " bytes instead of "
                    + file.size() + ": it is damaged, import the image again");
        }
        return BootFile.of(List.of(new BootFile.Extent(local, 0, blob.size())), MediaTypes.of(file.path()))
                .withDigest(file.digest().toString())
                .withModified(image.created())
                .withImmutablePath();
    }
}
