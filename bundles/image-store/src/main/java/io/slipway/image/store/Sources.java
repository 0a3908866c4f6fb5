package io.slipway.image.store;

import io.slipway.image.Digest;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.store.source.DiscFamilies;
import io.slipway.image.store.source.DownloadTerms;
import io.slipway.image.store.source.FileContent;
import io.slipway.image.store.source.NamedFiles;
import io.slipway.image.store.source.SafeUrl;
import io.slipway.image.store.source.UrlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people name as the source of an image.
 *
 * @param downloads where downloads are kept until they are imported
 * @param families what is known of discs beside what is built in, if that file is there
 */
public record Sources(Path downloads, Path families) {

    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");

    /** In the server's own folders. */
    public static Sources ofServer() {
        return new Sources(
                Path.of(System.getProperty("karaf.data", "data"), "downloads"),
                Path.of(System.getProperty("karaf.etc", "etc"), "discs.json"));
    }

    /**
     * The source of a path or a URL.
     *
     * @param sum what a download must have
     * @param named what of a disc to boot; empty to recognise it
     * @throws IOException it is nothing that can be imported
     */
    public ImageSource of(String text, Optional<Digest> sum, Optional<NamedFiles> named, ImportProgress progress)
            throws IOException {
        Optional<Path> further = Optional.of(families).filter(Files::exists);
        if (URL.matcher(text).matches()) {
            return new UrlSource(
                    SafeUrl.parse(text), sum, DownloadTerms.in(downloads), progress, named, DiscFamilies.read(further));
        }
        if (sum.isPresent()) {
            throw new IOException("--sha256 is for downloads; compare a local file with sha256sum");
        }
        Path path = Path.of(text);
        if (!Files.exists(path)) {
            throw new IOException(
                    text + " is not there; give a folder, an archive, a disc image, another file or a URL");
        }
        if (Files.isRegularFile(path)) {
            return FileContent.source(path, named, DiscFamilies.read(further));
        }
        if (named.isPresent()) {
            throw new IOException(text + " is a folder; --kernel and --initrd name files of a disc image");
        }
        return new FolderSource(path);
    }
}
