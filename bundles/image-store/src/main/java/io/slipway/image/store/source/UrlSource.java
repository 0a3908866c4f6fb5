package io.slipway.image.store.source;

import io.slipway.image.Digest;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import java.io.IOException;
import java.util.Optional;

/** A file of a web server: a disc image, an archive, or one file as it is. It is fetched whole before it is read. */
public final class UrlSource implements ImageSource {

    /** Fetches a file. */
    interface Fetching {
        DownloadedFile fetch() throws IOException;
    }

    private final SafeUrl url;
    private final Fetching fetching;
    private final Optional<NamedFiles> named;
    private final DiscFamilies families;

    /**
     * A file by its address.
     *
     * @param expected the sum that the publisher gives; a file with another is refused
     * @param named what of a disc to boot; empty to recognise it
     */
    public UrlSource(
            SafeUrl url,
            Optional<Digest> expected,
            DownloadTerms terms,
            ImportProgress progress,
            Optional<NamedFiles> named,
            DiscFamilies families) {
        this(url, () -> DownloadedFile.fetch(url, expected, terms, progress), named, families);
    }

    UrlSource(SafeUrl url, Fetching fetching, Optional<NamedFiles> named, DiscFamilies families) {
        this.url = url;
        this.fetching = fetching;
        this.named = named;
        this.families = families;
    }

    @Override
    public String name() {
        return url.toString();
    }

    /** What cannot be imported stays on disk: with other names of boot files it may, without a second download. */
    @Override
    public void read(Intake intake) throws IOException {
        try (DownloadedFile download = fetching.fetch()) {
            LocalFile file = new LocalFile(download.path(), name(), download.fileName(), download.modified());
            FileContent.source(file, named, families).read(intake);
            download.remove();
        }
    }
}
