package io.slipway.boot.content;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A service and what its registration says of it.
 *
 * @param name the property asked for, or the class name when there is none
 * @param ranking the service ranking
 * @param id the service id: of two with the same ranking, the older comes first (OSGi core, section 5.2.5)
 */
record Ranked<T>(T service, String name, int ranking, long id) {

    private static final Comparator<Ranked<?>> ORDER =
            Comparator.<Ranked<?>>comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id);

    /** The order of asking: the highest ranking first. */
    static Comparator<Ranked<?>> order() {
        return ORDER;
    }

    /** Services with their properties, as Declarative Services hands them out, the highest ranking first. */
    static <T> List<Ranked<T>> sorted(Collection<Map.Entry<Map<String, Object>, T>> services, String nameProperty) {
        return services.stream()
                .map(service -> of(service.getValue(), service.getKey(), nameProperty))
                .sorted(ORDER)
                .toList();
    }

    private static <T> Ranked<T> of(T service, Map<String, Object> properties, String nameProperty) {
        String name = properties.get(nameProperty) instanceof String text
                ? text
                : service.getClass().getSimpleName();
        int ranking = properties.get("service.ranking") instanceof Integer number ? number : 0;
        long id = properties.get("service.id") instanceof Long number ? number : 0;
        return new Ranked<>(service, name, ranking, id);
    }
}
