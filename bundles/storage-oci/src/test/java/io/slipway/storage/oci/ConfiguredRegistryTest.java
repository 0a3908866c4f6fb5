package io.slipway.storage.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.ImageRef;
import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class ConfiguredRegistryTest {

    private static final Map<String, Object> PROPERTIES =
            Map.of("service.pid", ConfiguredRegistry.PID + "~lab", "password", "env:PATH");

    @TempDir
    private Path folder;

    private final List<Object> services = new ArrayList<>();
    private final List<Dictionary<?, ?>> properties = new ArrayList<>();

    /** A framework that keeps what is registered, and gives files a place. */
    private BundleContext bundle() {
        ServiceRegistration<?> registration = proxy(ServiceRegistration.class, (method, arguments) -> {
            if (method.equals("unregister")) {
                services.clear();
            }
            return null;
        });
        return proxy(BundleContext.class, (method, arguments) -> switch (method) {
            case "getDataFile" -> folder.resolve((String) arguments[0]).toFile();
            case "registerService" -> {
                services.add(arguments[1]);
                properties.add((Dictionary<?, ?>) arguments[2]);
                yield registration;
            }
            default -> throw new AssertionError(method + " is not expected");
        });
    }

    private interface Calls {
        Object call(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> calls.call(method.getName(), arguments)));
    }

    @Test
    void aRegistryIsABackendAsLongAsItIsConfigured() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        try (FakeRegistry registry = new FakeRegistry()) {
            registry.push("ubuntu", "24.04", "kernel");
            registry.rule("HEAD .*", 1, exchange -> {
                looked.countDown();
                FakeReplies.status(404).to(exchange);
            });
            ConfiguredRegistry configured = new ConfiguredRegistry(
                    new Configured(Map.of("url", registry.origin().toString(), "ranking", "7")), PROPERTIES, bundle());
            assertEquals("lab", properties.get(0).get(StorageBackend.NAME));
            assertEquals(7, properties.get(0).get("service.ranking"));
            assertEquals(2, properties.get(0).size(), "what else is configured is nobody's business");
            assertTrue(looked.await(60, TimeUnit.SECONDS), "it looks by itself");
            configured.close();
            assertEquals(List.of(), services);
        }
    }

    @Test
    void whatIsTaggedIsKeptInTheBundlesData() throws IOException {
        Configured config;
        try (FakeRegistry registry = new FakeRegistry()) {
            config = new Configured(Map.of("url", registry.origin().toString()));
            ConfiguredRegistry configured = new ConfiguredRegistry(config, PROPERTIES, bundle());
            Pushes.tag((StorageBackend) services.get(0), Pushes.REF, "kernel");
            configured.close();
        }
        ConfiguredRegistry configured = new ConfiguredRegistry(config, PROPERTIES, bundle());
        assertTrue(((StorageBackend) services.get(0)).tags().containsKey(ImageRef.parse("debian-12:current")));
        configured.close();
        assertTrue(folder.resolve("io.slipway.storage.oci_lab.json").toFile().exists());
    }

    @Test
    void whatIsRefusedRegistersNothing() {
        Configured wrong = new Configured(Map.of("url", "elsewhere"));
        assertThrows(IllegalArgumentException.class, () -> new ConfiguredRegistry(wrong, PROPERTIES, bundle()));
        assertEquals(List.of(), services);
    }

    @Test
    void itIsCalledAsItsFile() {
        String file = "file:/var/lib/slipway/etc/io.slipway.storage.oci-lab.cfg";
        assertEquals(
                "io.slipway.storage.oci-lab",
                ConfiguredRegistry.pid(Map.of("felix.fileinstall.filename", file, "service.pid", "x.1-2-3")));
        assertEquals(
                "x.1-2-3",
                ConfiguredRegistry.pid(
                        Map.of("felix.fileinstall.filename", "file:/other.cfg", "service.pid", "x.1-2-3")));
        assertEquals("x.1-2-3", ConfiguredRegistry.pid(Map.of("service.pid", "x.1-2-3")));
    }
}
