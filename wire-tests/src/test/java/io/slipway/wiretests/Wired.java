package io.slipway.wiretests;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Does by hand what the container does to components: configurations, and references that are fields or methods. */
final class Wired {

    private Wired() {}

    /** A configuration: what is set, else the defaults. A value for an array key is one string, as in a cfg file. */
    static <C extends Annotation> C config(Class<C> type, Map<String, String> set) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String value = set.get(method.getName());
                    if (value == null) {
                        return method.getDefaultValue();
                    }
                    if (method.getReturnType() == boolean.class) {
                        return Boolean.valueOf(value);
                    }
                    return method.getReturnType().isArray() ? new String[] {value} : value;
                }));
    }

    /** Sets a reference that is a field. */
    static void field(Object component, String name, Object service) {
        try {
            Field field = component.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(component, service);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls the method of a reference, with the service and its properties. */
    static void method(Object component, String name, Class<?> type, Object service, Map<String, Object> properties) {
        try {
            Method method = component.getClass().getDeclaredMethod(name, type, Map.class);
            method.setAccessible(true);
            method.invoke(component, service, properties);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls a method without parameters. */
    static void call(Object component, String name) {
        try {
            Method method = component.getClass().getDeclaredMethod(name);
            method.setAccessible(true);
            method.invoke(component);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The files of {@code etc} that handlers read by themselves.
     *
     * @param files by PID: {@code io.slipway.dhcp.subnet~lan}
     */
    static ConfigurationAdmin admin(Map<String, Map<String, String>> files) {
        return proxy(ConfigurationAdmin.class, (method, argument) -> {
            if (!method.equals("listConfigurations")) {
                throw new UnsupportedOperationException(method);
            }
            return files.entrySet().stream()
                    .filter(file -> ((String) argument).contains("=" + kind(file.getKey()) + ")"))
                    .map(file -> configuration(file.getKey(), file.getValue()))
                    .toArray(Configuration[]::new);
        });
    }

    @SuppressWarnings("JdkObsolete") // what the API wants
    private static Configuration configuration(String pid, Map<String, String> keys) {
        Hashtable<String, Object> properties = new Hashtable<>(keys);
        properties.put("service.pid", pid);
        return proxy(Configuration.class, (method, argument) -> {
            if (!method.equals("getProperties")) {
                throw new UnsupportedOperationException(method);
            }
            return properties;
        });
    }

    private static String kind(String pid) {
        return pid.contains("~") ? pid.substring(0, pid.indexOf('~')) : pid;
    }

    /** Answers a call by the method's name and its first argument. */
    interface Answer {
        Object to(String method, Object argument);
    }

    static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments == null ? null : arguments[0])));
    }
}
