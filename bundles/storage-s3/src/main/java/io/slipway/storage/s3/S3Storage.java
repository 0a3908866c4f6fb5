package io.slipway.storage.s3;

import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One storage backend for each configuration of the factory {@value #PID}. */
@Component(
        service = {},
        configurationPid = S3Storage.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = S3Storage.Config.class, factory = true)
public final class S3Storage {

    static final String PID = "io.slipway.storage.s3";

    /**
     * A configuration {@code io.slipway.storage.s3-NAME}. Numbers are texts, so that a wrong one is refused by name.
     */
    @ObjectClassDefinition(
            name = "Slipway storage S3",
            description = "Images in a bucket of an S3-compatible object store.")
    @interface Config {

        @AttributeDefinition(description = "What messages call it. Empty: NAME of the file's name.")
        String name() default "";

        @AttributeDefinition(description = "The bucket; it must exist")
        String bucket() default "";

        @AttributeDefinition(description = "What the keys of all its objects begin with")
        String prefix() default "slipway";

        @AttributeDefinition(description = "The store's URL. Empty: AWS.")
        String endpoint() default "";

        @AttributeDefinition(description = "The bucket's region")
        String region() default "us-east-1";

        @AttributeDefinition(
                description = "Whether the bucket is in the path of URLs, true, or in the host name, false")
        String pathStyle() default "";

        @AttributeDefinition(description = "env:NAME or file:/PATH. Empty: as the AWS SDK finds it.")
        String accessKey() default "";

        @AttributeDefinition(description = "env:NAME or file:/PATH. Empty: as the AWS SDK finds it.")
        String secretKey() default "";

        @AttributeDefinition(description = "A PEM file of those who vouch for the store. Empty: those that Java knows.")
        String caFile() default "";

        @AttributeDefinition(description = "Seconds between two looks at the tags, 5 to 86400")
        String refresh() default "60";

        @AttributeDefinition(description = "Seconds to wait for a connection or an answer, 1 to 600")
        String timeout() default "20";

        @AttributeDefinition(description = "Bytes that are sent at a time, and kept in memory, 5242880 to 1G")
        String partSize() default "16M";

        @AttributeDefinition(description = "The backend of the highest ranking is written to, and asked first")
        String ranking() default "0";

        @AttributeDefinition(description = "Whether nothing is ever changed")
        String readOnly() default "false";
    }

    private final S3Backend backend;
    private final ServiceRegistration<StorageBackend> registration;

    @Activate
    public S3Storage(BundleContext context, Config config, Map<String, Object> properties) throws IOException {
        Settings settings = Settings.of(config, properties);
        // The data area outlives restarts and updates of the bundle.
        backend = new S3Backend(
                settings,
                context.getDataFile("tags-" + settings.name() + ".json").toPath());
        registration = context.registerService(
                StorageBackend.class,
                backend,
                FrameworkUtil.asDictionary(
                        Map.of(StorageBackend.NAME, settings.name(), Constants.SERVICE_RANKING, settings.ranking())));
    }

    @Deactivate
    void close() {
        registration.unregister();
        backend.close();
    }
}
