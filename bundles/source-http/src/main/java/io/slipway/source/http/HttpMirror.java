package io.slipway.source.http;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mirror of an HTTP tree for each configuration of the factory {@value #PID}. */
@Component(
        service = BootFileSource.class,
        configurationPid = HttpMirror.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        property = "service.ranking:Integer=-500")
@Designate(ocd = HttpMirror.Config.class, factory = true)
public final class HttpMirror implements BootFileSource {

    static final String PID = "io.slipway.source.http";

    private static final Logger LOG = LoggerFactory.getLogger(HttpMirror.class);

    /**
     * A configuration {@code io.slipway.source.http-NAME}. Numbers are texts, so that a wrong one is refused by name.
     */
    @ObjectClassDefinition(name = "Slipway HTTP mirror", description = "A tree of files that another server has.")
    @interface Config {

        @AttributeDefinition(description = "Where it is in the boot content, such as /mirror/debian")
        String path() default "";

        @AttributeDefinition(description = "Where it is with the other server: http://HOST/PATH or https://HOST/PATH")
        String url() default "";

        @AttributeDefinition(description = "The folder of what was fetched. Empty: mirror/NAME, in Karaf's data.")
        String folder() default "";

        @AttributeDefinition(description = "Bytes that the folder may have, 1M or more")
        String maximumSize() default "20G";

        @AttributeDefinition(description = "Seconds for which a file is not asked for again, 0 to 31536000")
        String revalidate() default "300";

        @AttributeDefinition(description = "Seconds for which what is missing or fails is not asked for, 0 to 86400")
        String negative() default "30";

        @AttributeDefinition(description = "Seconds to wait for a connection or more bytes, 1 to 600")
        String timeout() default "20";

        @AttributeDefinition(description = "Seconds for which a request waits for its file to be fetched, 1 to 3600")
        String patience() default "300";

        @AttributeDefinition(
                description = "A PEM file of those who vouch for the server. Empty: those that Java knows.")
        String caFile() default "";

        @AttributeDefinition(description = "http://HOST:PORT of a proxy. Empty: none.")
        String proxy() default "";
    }

    private final Settings settings;
    private final Cache cache;
    private final Fetches fetches;

    @Activate
    public HttpMirror(Config config, Map<String, Object> properties) throws IOException {
        this(Settings.of(config, properties), Clock.systemUTC());
    }

    HttpMirror(Settings settings, Clock clock) throws IOException {
        this.settings = settings;
        Upstream upstream = Upstream.of(settings);
        this.cache = Cache.open(settings, clock);
        this.fetches = new Fetches(settings, upstream, cache, clock);
        LOG.info(
                "{} is a mirror of {}, {} files are in {}",
                settings.path(),
                settings.url(),
                cache.count(),
                cache.folder());
    }

    @Deactivate
    void close() throws IOException {
        fetches.close();
        cache.close();
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        Optional<RemotePath> path = RemotePath.below(settings.path(), request.path());
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<Entry> entry = fetches.find(path.get());
        return entry.isPresent() ? Optional.of(file(path.get(), entry.get())) : Optional.empty();
    }

    private BootFile file(RemotePath path, Entry entry) throws IOException {
        BootFile file =
                BootFile.of(cache.file(entry), MediaTypes.of(path.text())).withDigest("sha256:" + entry.sha256());
        return entry.modifiedTime().map(file::withModified).orElse(file);
    }
}
