package io.slipway.image.store;

import io.slipway.image.StorageBackend;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A storage backend as the service registry knows it.
 *
 * @param name its {@link StorageBackend#NAME}, for messages
 * @param ranking the service's ranking: the highest is asked first and written to
 * @param id the service's id: of two with the same ranking the older is first (OSGi core, ServiceReference.compareTo)
 */
record NamedBackend(String name, int ranking, long id, StorageBackend backend) {

    private static final Comparator<NamedBackend> FIRST_ASKED =
            Comparator.comparingInt(NamedBackend::ranking).reversed().thenComparingLong(NamedBackend::id);

    /** The backends in the order in which they are asked. */
    static List<NamedBackend> ordered(List<Map.Entry<Map<String, Object>, StorageBackend>> services) {
        return services.stream()
                .map(service -> of(service.getKey(), service.getValue()))
                .sorted(FIRST_ASKED)
                .toList();
    }

    private static NamedBackend of(Map<String, Object> properties, StorageBackend backend) {
        long id = properties.get("service.id") instanceof Long number ? number : 0;
        int ranking = properties.get("service.ranking") instanceof Integer number ? number : 0;
        Object name =
                properties.getOrDefault(StorageBackend.NAME, backend.getClass().getName());
        return new NamedBackend(name.toString(), ranking, id, backend);
    }
}
