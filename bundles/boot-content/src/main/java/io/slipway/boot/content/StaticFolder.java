package io.slipway.boot.content;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An existing TFTP tree, served as it is to whatever nothing else answers. */
@Component(
        service = BootFileSource.class,
        configurationPid = "io.slipway.boot.folder",
        property = "service.ranking:Integer=-1000")
@Designate(ocd = StaticFolder.Config.class)
public final class StaticFolder implements BootFileSource {

    /** Which folder. */
    @ObjectClassDefinition(name = "Slipway static folder", description = "A folder of boot files, served as it is")
    public @interface Config {
        @AttributeDefinition(description = "An absolute path; the folder need not exist yet")
        String folder() default "/srv/tftp";
    }

    private static final Logger LOG = LoggerFactory.getLogger(StaticFolder.class);

    private final Path folder;

    @Activate
    public StaticFolder(Config config) {
        this(folder(config.folder()));
    }

    StaticFolder(Path folder) {
        this.folder = folder;
    }

    private static Path folder(String value) {
        try {
            Path folder = Path.of(value);
            if (folder.isAbsolute()) {
                return folder;
            }
            throw new IllegalArgumentException(
                    "etc/io.slipway.boot.folder.cfg: folder = '" + value + "'; expected an absolute path");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "etc/io.slipway.boot.folder.cfg: folder = '" + value + "'; expected a path", e);
        }
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        // What does not exist is also a link to nothing, or to itself.
        Optional<Path> found = resolve(request.path()).filter(Files::exists);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path real = found.get().toRealPath();
        if (!real.startsWith(folder.toRealPath())) {
            LOG.debug("{} leads out of {} to {}: not served", request.path(), folder, real);
            return Optional.empty();
        }
        return Files.isRegularFile(real)
                ? Optional.of(BootFile.of(real, MediaTypes.of(request.path())))
                : Optional.empty();
    }

    /** Exactly, or else with any letter case: Windows' boot programs do not keep to one. */
    private Optional<Path> resolve(String path) throws IOException {
        String relative = path.substring(1);
        try {
            Path exact = folder.resolve(relative);
            return Files.exists(exact) ? Optional.of(exact) : CaseBlindPath.find(folder, relative);
        } catch (InvalidPathException e) {
            LOG.debug("{} cannot be the name of a file here", path, e);
            return Optional.empty();
        }
    }
}
