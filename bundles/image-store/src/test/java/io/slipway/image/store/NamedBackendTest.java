package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.image.MemoryBackend;
import io.slipway.image.StorageBackend;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedBackendTest {

    @Test
    void sortsByRankingThenAge() {
        List<NamedBackend> ordered = NamedBackend.ordered(List.of(
                service("young", 30, 0), service("low", 10, -5), service("old", 20, 0), service("high", 40, 5)));
        assertEquals(
                List.of("high", "old", "young", "low"),
                ordered.stream().map(NamedBackend::name).toList());
    }

    @Test
    void aBackendWithoutANameIsCalledByItsClass() {
        List<NamedBackend> ordered = NamedBackend.ordered(List.of(Map.entry(Map.of(), new MemoryBackend())));
        assertEquals(MemoryBackend.class.getName(), ordered.get(0).name());
    }

    private static Map.Entry<Map<String, Object>, StorageBackend> service(String name, long id, int ranking) {
        return Map.entry(
                Map.of("storage.name", name, "service.id", id, "service.ranking", ranking), new MemoryBackend());
    }
}
