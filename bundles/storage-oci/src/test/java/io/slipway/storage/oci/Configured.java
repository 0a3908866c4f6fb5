package io.slipway.storage.oci;

import java.lang.annotation.Annotation;
import java.util.Map;

/** A configuration as the container hands it over. */
@SuppressWarnings("ImmutableAnnotationChecker") // no annotation, but what stands for one
record Configured(Map<String, String> values) implements ConfiguredRegistry.Config {

    private String value(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    @Override
    public String name() {
        return value("name", "");
    }

    @Override
    public String url() {
        return value("url", "");
    }

    @Override
    public String prefix() {
        return value("prefix", "");
    }

    @Override
    public String[] repositories() {
        return new String[] {value("repositories", "")};
    }

    @Override
    public String[] mirrors() {
        return new String[] {value("mirrors", "")};
    }

    @Override
    public String user() {
        return value("user", "");
    }

    @Override
    public String password() {
        return value("password", "");
    }

    @Override
    public String caFile() {
        return value("caFile", "");
    }

    @Override
    public String refresh() {
        return value("refresh", "30");
    }

    @Override
    public String timeout() {
        return value("timeout", "30");
    }

    @Override
    public String ranking() {
        return value("ranking", "-10");
    }

    @Override
    public String readOnly() {
        return value("readOnly", "false");
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return ConfiguredRegistry.Config.class;
    }
}
