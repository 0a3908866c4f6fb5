package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who is served at all, by MAC address, and how often. */
@Component(property = DhcpHandler.NAME + "=allow", configurationPid = AllowHandler.PID)
@Designate(ocd = AllowHandler.Config.class)
public final class AllowHandler implements DhcpHandler {

    static final String PID = "io.slipway.dhcp.allow";

    private static final String FILE = "etc/" + PID + ".cfg";

    private final Settings settings;
    private final ClientRates rates;

    /** What is set in {@code etc/io.slipway.dhcp.allow.cfg}. Lists are separated by commas. */
    @ObjectClassDefinition(name = "Slipway DHCP allow", description = "Who is served, by MAC address.")
    public @interface Config {

        @AttributeDefinition(description = "MAC addresses that are served; * and ? are wildcards.")
        String[] allow() default {"*"};

        @AttributeDefinition(description = "MAC addresses that are not served, even when allowed.")
        String[] deny() default {};

        @AttributeDefinition(description = "Requests a second of one client, 1 to 4000; 0: any number.")
        String clientRate() default "50";
    }

    record Settings(List<MacPattern> allow, List<MacPattern> deny, int clientRate) {
        Settings {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }

        static Settings of(Config config) {
            return new Settings(
                    patterns("allow", config.allow()),
                    patterns("deny", config.deny()),
                    new ConfigValue(FILE, "clientRate", config.clientRate()).number(0, 4000));
        }

        private static List<MacPattern> patterns(String key, String... texts) {
            return ConfigValue.list(FILE, key, texts).stream()
                    .map(Settings::pattern)
                    .toList();
        }

        private static MacPattern pattern(ConfigValue value) {
            try {
                return new MacPattern(value.text());
            } catch (IllegalArgumentException e) {
                IllegalArgumentException refusal =
                        value.refused("a MAC address such as 52:54:00:12:34:56 or a pattern such as 52:54:00:*");
                refusal.initCause(e);
                throw refusal;
            }
        }
    }

    @Activate
    public AllowHandler(Config config) {
        this(Settings.of(config));
    }

    AllowHandler(Settings settings) {
        this.settings = settings;
        this.rates = new ClientRates(settings.clientRate(), System::nanoTime);
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        MacAddress mac = exchange.mac();
        if (!exchange.isTrial() && !rates.admits(mac)) {
            return Verdict.drop("too many requests of one client");
        }
        if (settings.deny().stream().anyMatch(pattern -> pattern.matches(mac))) {
            return Verdict.drop("denied");
        }
        return settings.allow().stream().anyMatch(pattern -> pattern.matches(mac))
                ? Verdict.next()
                : Verdict.drop("not allowed");
    }
}
