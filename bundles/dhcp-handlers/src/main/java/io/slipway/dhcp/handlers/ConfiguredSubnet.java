package io.slipway.dhcp.handlers;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One subnet of the configuration: a file {@code io.slipway.dhcp.subnet-NAME.cfg} each. */
@Component(
        service = ConfiguredSubnet.class,
        configurationPid = ConfiguredSubnet.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredSubnet.Config.class, factory = true)
public final class ConfiguredSubnet {

    static final String PID = "io.slipway.dhcp.subnet";

    private final String file;
    private final Subnet subnet;

    /** What is set in the file. Lists are separated by commas. */
    @ObjectClassDefinition(name = "Slipway DHCP subnet", description = "A network that is served.")
    public @interface Config {

        @AttributeDefinition(description = "The network, for example 192.0.2.0/24.")
        String subnet() default "";

        @AttributeDefinition(description = "The addresses to lease, for example 192.0.2.100-192.0.2.200.")
        String range() default "";

        @AttributeDefinition(description = "Addresses and ranges inside the range that are not leased.")
        String[] exclude() default {};

        @AttributeDefinition(description = "Default routers (option 3); never leased.")
        String[] routers() default {};

        @AttributeDefinition(description = "Name servers (option 6).")
        String[] dns() default {};

        @AttributeDefinition(description = "Domain name (option 15).")
        String domain() default "";

        @AttributeDefinition(description = "Time servers (option 42), told to clients that ask.")
        String[] ntp() default {};

        @AttributeDefinition(description = "The longest lease: 45s, 30m, 12h, 7d, or seconds.")
        String leaseTime() default "1h";

        @AttributeDefinition(description = "Serve it on this network interface only; empty means on any.")
        String interface$() default "";
    }

    @Activate
    public ConfiguredSubnet(Config config, Map<String, Object> properties) {
        this(file(properties), settings(config, file(properties)));
    }

    ConfiguredSubnet(String file, Subnet subnet) {
        this.file = file;
        this.subnet = subnet;
    }

    /** The file that it stands in, which is its place among the others. */
    String file() {
        return file;
    }

    Subnet subnet() {
        return subnet;
    }

    private static Subnet settings(Config config, String file) {
        Network network = new ConfigValue(file, "subnet", config.subnet()).network();
        Subnet subnet = new Subnet(
                network,
                range(network, new ConfigValue(file, "range", config.range())),
                ConfigValue.list(file, "exclude", config.exclude()).stream()
                        .map(ConfigValue::range)
                        .toList(),
                addresses(file, "routers", config.routers()),
                addresses(file, "dns", config.dns()),
                text(config.domain()),
                addresses(file, "ntp", config.ntp()),
                new ConfigValue(file, "leaseTime", config.leaseTime()).duration(),
                text(config.interface$()));
        if (!subnet.leasesAny()) {
            throw new ConfigValue(file, "exclude", String.join(", ", config.exclude()))
                    .refused("at least one address of " + subnet.range() + " left to lease, routers aside");
        }
        return subnet;
    }

    /** There is one file for each subnet; Fileinstall says which, as a URI. */
    private static String file(Map<String, Object> properties) {
        String uri = properties
                .getOrDefault("felix.fileinstall.filename", PID + "-NAME.cfg")
                .toString();
        return "etc/" + uri.substring(uri.lastIndexOf('/') + 1);
    }

    private static AddressRange range(Network network, ConfigValue value) {
        AddressRange range = value.range();
        if (!network.hosts().contains(range)) {
            throw value.refused("addresses of subnet = " + network + ", within " + network.hosts());
        }
        return range;
    }

    private static List<Inet4Address> addresses(String file, String key, String... texts) {
        return ConfigValue.list(file, key, texts).stream()
                .map(ConfigValue::address)
                .toList();
    }

    private static Optional<String> text(String value) {
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }
}
