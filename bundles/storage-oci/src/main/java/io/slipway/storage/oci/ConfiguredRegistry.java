package io.slipway.storage.oci;

import io.slipway.image.StorageBackend;
import java.io.File;
import java.nio.file.Path;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry for each file {@code etc/io.slipway.storage.oci-NAME.cfg}. It registers the backend itself: name and ranking
 * are in the configuration, and what else is there need not be known to everybody.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = ConfiguredRegistry.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredRegistry.Config.class, factory = true)
public final class ConfiguredRegistry {

    static final String PID = "io.slipway.storage.oci";

    /** Where Karaf says which file a configuration is from. */
    private static final String FILE = "felix.fileinstall.filename";

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredRegistry.class);

    /** The configuration of one registry. */
    @ObjectClassDefinition(name = "Slipway storage OCI registry", description = "Images in an OCI registry.")
    @interface Config {

        @AttributeDefinition(description = "The backend's short name. Empty: as the file says after the hyphen.")
        String name() default "";

        @AttributeDefinition(description = "The registry, such as https://registry.example:5000.")
        String url() default "";

        @AttributeDefinition(description = "The beginning of the repositories that are used. Empty: all are.")
        String prefix() default "";

        @AttributeDefinition(
                description =
                        "Names of repositories after the prefix, or patterns. None: the registry is asked for all.")
        String[] repositories() default {};

        @AttributeDefinition(
                description =
                        "Further addresses with the same content, asked in order when the registry does not answer.")
        String[] mirrors() default {};

        @AttributeDefinition(description = "Whom the registry knows this server as. Empty: nobody.")
        String user() default "";

        @AttributeDefinition(description = "Where the password is: env:NAME or file:PATH.")
        String password() default "";

        @AttributeDefinition(description = "A PEM file of issuers who are trusted besides those that Java trusts.")
        String caFile() default "";

        @AttributeDefinition(description = "Seconds between two looks at the tags.")
        String refresh() default "30";

        @AttributeDefinition(description = "Seconds that nothing at all may come from the registry.")
        String timeout() default "30";

        @AttributeDefinition(description = "Of several backends the highest is asked first, and written to.")
        String ranking() default "-10";

        @AttributeDefinition(description = "Whether nothing is written to the registry.")
        String readOnly() default "false";
    }

    private final OpenRegistry registry;
    private final ServiceRegistration<StorageBackend> registration;

    @Activate
    public ConfiguredRegistry(Config config, Map<String, Object> properties, BundleContext bundle) {
        String pid = pid(properties);
        Settings settings = Settings.of(config, pid, Path.of(System.getProperty("karaf.etc", "etc")));
        warn(settings);
        registry = OpenRegistry.of(settings, data(bundle, pid));
        registry.looking().begin();
        Map<String, Object> service =
                Map.of(StorageBackend.NAME, settings.name(), Constants.SERVICE_RANKING, settings.ranking());
        registration =
                bundle.registerService(StorageBackend.class, registry.backend(), FrameworkUtil.asDictionary(service));
    }

    /** As the file is called, where there is one: the PID of a factory's configuration may be made up. */
    static String pid(Map<String, Object> properties) {
        String file = String.valueOf(properties.getOrDefault(FILE, ""));
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.startsWith(PID) && name.endsWith(".cfg")
                ? name.substring(0, name.length() - ".cfg".length())
                : String.valueOf(properties.get(Constants.SERVICE_PID));
    }

    private static Path data(BundleContext bundle, String pid) {
        File file = bundle.getDataFile(pid.replaceAll("[^A-Za-z0-9._-]", "_") + ".json");
        if (file == null) {
            throw new IllegalStateException("this framework gives bundles no place for files");
        }
        return file.toPath();
    }

    static void warn(Settings settings) {
        settings.login()
                .map(Login::password)
                .filter(Secret::isReadByOthers)
                .ifPresent(secret -> LOG.warn(
                        "registry {}: everybody on this machine may read the password in {}; let the server's user alone read it"
                                + " (chmod 600)",
                        settings.name(),
                        secret.place()));
        Origin origin = settings.registry();
        if (settings.login().isPresent() && !origin.isEncrypted() && !origin.isLoopback()) {
            LOG.warn(
                    "registry {}: the password goes to {} in the clear; write https in {}",
                    settings.name(),
                    origin,
                    settings.file());
        }
    }

    @Deactivate
    void close() {
        registration.unregister();
        registry.close();
    }
}
