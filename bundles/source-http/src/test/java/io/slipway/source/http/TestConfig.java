package io.slipway.source.http;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A configuration with some values, and the defaults of the others. */
final class TestConfig {

    private TestConfig() {}

    static HttpMirror.Config of(Map<String, String> values) {
        return (HttpMirror.Config) Proxy.newProxyInstance(
                TestConfig.class.getClassLoader(),
                new Class<?>[] {HttpMirror.Config.class},
                (proxy, method, arguments) -> value(method, values));
    }

    private static Object value(Method method, Map<String, String> values) {
        return method.getName().equals("annotationType")
                ? HttpMirror.Config.class
                : values.getOrDefault(method.getName(), (String) method.getDefaultValue());
    }
}
