package io.slipway.dhcp.handlers;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as the container makes them of a file: the given keys, and the defaults of the others. */
final class Defaults {

    private Defaults() {}

    static <C> C with(Class<C> config, Map<String, Object> values) {
        return config.cast(Proxy.newProxyInstance(
                config.getClassLoader(),
                new Class<?>[] {config},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
