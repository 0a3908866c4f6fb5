package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.ImageRef;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTest {

    private final Warehouse warehouse = new Warehouse();
    private final Overview overview = new Overview(warehouse.store);

    @Test
    void saysHowMuchIsShared() throws IOException {
        warehouse.image("one:1", "linux", "kernel", "initrd", "initrd 1");
        warehouse.image("two:1", "linux", "kernel", "initrd", "initrd two");
        warehouse.image("three:1", "linux", "other");
        assertEquals(List.of("one:1 2 14 6", "three:1 1 5 0", "two:1 2 16 6"), rows());
        warehouse.store.untag(ImageRef.parse("one:1"));
        assertEquals(List.of("three:1 1 5 0", "two:1 2 16 0"), rows());
    }

    @Test
    void twoTagsOfOneImageShareNothing() throws IOException {
        var image = warehouse.image("one:1", "linux", "kernel", "copy", "kernel");
        warehouse.store.tag(ImageRef.parse("one:2"), image.digest());
        assertEquals(List.of("one:1 2 6 0", "one:2 2 6 0"), rows());
    }

    @Test
    void anImageThatCannotBeReadIsThereWithTheReason() throws IOException {
        warehouse.image("whole:1", "linux", "kernel");
        var config = warehouse.local.store(new ByteArrayInputStream("{}".getBytes(UTF_8)));
        byte[] broken = new String(TestManifests.of(config), UTF_8)
                .replace("\"layers\"", "\"leaves\"")
                .getBytes(UTF_8);
        warehouse.local.inner.tag(ImageRef.parse("broken:1"), broken);
        List<Overview.Row> rows = overview.rows();
        assertEquals(2, rows.size());
        assertTrue(rows.get(0).trouble().orElseThrow().contains("is broken"), rows.toString());
        assertTrue(rows.get(1).trouble().isEmpty());
    }

    private List<String> rows() throws IOException {
        return overview.rows().stream()
                .map(row -> row.ref() + " " + row.files() + " " + row.size() + " " + row.shared())
                .toList();
    }
}
