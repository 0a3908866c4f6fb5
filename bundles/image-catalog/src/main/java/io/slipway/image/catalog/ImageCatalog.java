package io.slipway.image.catalog;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.catalog.net.Download;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ready images: which there are, and how one comes into the store. */
@Component(service = ImageCatalog.class, configurationPid = "io.slipway.image.catalog", immediate = true)
@Designate(ocd = ImageCatalog.Config.class)
public final class ImageCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(ImageCatalog.class);

    /** The configuration {@code io.slipway.image.catalog}. */
    @ObjectClassDefinition(name = "Slipway image catalogue", description = "Ready images, fetched and verified.")
    @interface Config {
        @AttributeDefinition(description = "Folder of further entries, *.yaml; empty: catalog in the server's etc.")
        String folder() default "";

        @AttributeDefinition(description = "ADDRESS -> ADDRESS, …: where files are fetched from instead.")
        String mirrors() default "";

        @AttributeDefinition(description = "The http:// address of a proxy; none; empty: by the environment.")
        String proxy() default "";

        @AttributeDefinition(description = "Folders in which entries' keyrings are looked for.")
        String keyrings() default "/usr/share/keyrings, /etc/apt/keyrings";

        @AttributeDefinition(description = "How long a server may say nothing, in seconds, 1 to 600.")
        String timeout() default "30";

        @AttributeDefinition(description = "Folder for what is being fetched; empty: download, in Karaf's data.")
        String download() default "";
    }

    /**
     * An entry as it is listed.
     *
     * @param here the tags of images that were added by it
     */
    public record Line(CatalogEntry entry, List<ImageRef> here) {
        public Line {
            here = List.copyOf(here);
        }
    }

    /**
     * What can be added.
     *
     * @param problems of files that are refused; the others count
     */
    public record Listing(List<Line> lines, List<Problem> problems) {
        public Listing {
            lines = List.copyOf(lines);
            problems = List.copyOf(problems);
        }
    }

    private final ImageStore store;
    private final CatalogFolder folder;
    private final ImageAddition addition;
    private final ReentrantLock adding = new ReentrantLock();

    @Activate
    public ImageCatalog(@Reference ImageStore store, Config config) {
        this(store, Settings.of(config, System.getenv()), InstantSource.system());
    }

    ImageCatalog(ImageStore store, Settings settings, InstantSource clock) {
        this.store = store;
        this.folder = new CatalogFolder(settings.folder());
        ChecksumChain chain = new ChecksumChain(new Download(settings.fetching()), settings.keyrings(), clock);
        this.addition = new ImageAddition(chain, store, settings.download());
    }

    /** Reads the files of the catalogue anew. */
    public Listing list() throws IOException {
        CatalogFolder.Reading reading = folder.read();
        Map<ImageRef, Image> images = images();
        List<Line> lines = reading.entries().values().stream()
                .map(entry -> new Line(entry, here(entry, images)))
                .toList();
        return new Listing(lines, reading.problems());
    }

    /** The names of what can be added. */
    public Set<String> names() {
        return folder.read().entries().keySet();
    }

    /**
     * Fetches, verifies, stores and tags an image. One at a time.
     *
     * @param ref how it is tagged; empty: by the entry's name
     * @throws IllegalArgumentException there is no such entry
     * @throws IOException what failed, and the cure; the store is as it was
     * @throws InterruptedException the thread was interrupted; the store is as it was
     */
    public Added add(String name, Optional<ImageRef> ref, AddProgress progress)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before anything was fetched");
        }
        CatalogFolder.Reading reading = folder.read();
        CatalogEntry entry =
                Optional.ofNullable(reading.entries().get(name)).orElseThrow(() -> unknown(name, reading.problems()));
        if (!adding.tryLock()) {
            throw new IOException("another image is being added; wait until that is done");
        }
        try {
            Added added = addition.add(entry, ref.orElseGet(() -> ImageRef.parse(entry.name())), progress);
            LOG.info(
                    "image {} is {} of the catalogue, {}: {}",
                    added.ref(),
                    entry.name(),
                    added.image().digest(),
                    added.verified());
            return added;
        } finally {
            adding.unlock();
        }
    }

    /** Those that can be read; image:list says what is wrong with the others. */
    private Map<ImageRef, Image> images() throws IOException {
        Map<ImageRef, Image> images = new TreeMap<>();
        for (Map.Entry<ImageRef, Digest> tag : store.tags().entrySet()) {
            try {
                store.find(tag.getValue()).ifPresent(image -> images.put(tag.getKey(), image));
            } catch (IOException e) {
                LOG.debug("image {} cannot be read", tag.getKey(), e);
            }
        }
        return images;
    }

    private static List<ImageRef> here(CatalogEntry entry, Map<ImageRef, Image> images) {
        return images.entrySet().stream()
                .filter(image ->
                        entry.name().equals(image.getValue().annotations().get(CatalogEntry.ENTRY)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static IllegalArgumentException unknown(String name, List<Problem> problems) {
        String refused = problems.isEmpty()
                ? ""
                : "; it may be in a file that is refused: "
                        + String.join(
                                "; ", problems.stream().map(Problem::toString).toList());
        return new IllegalArgumentException("there is no ready image " + Problem.shorten(name, 100)
                + "; image:catalog shows those that are there" + refused);
    }
}
