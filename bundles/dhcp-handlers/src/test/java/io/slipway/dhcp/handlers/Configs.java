package io.slipway.dhcp.handlers;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as the container makes them: what is set, else the defaults. */
final class Configs {

    private Configs() {}

    /**
     * @param set by key; a value for an array key is one string, as it stands in a cfg file
     */
    static <C extends Annotation> C of(Class<C> type, Map<String, Object> set) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = set.get(method.getName().replace("$", ""));
                    if (value == null) {
                        return method.getDefaultValue();
                    }
                    return method.getReturnType().isArray() ? new String[] {(String) value} : value;
                }));
    }
}
