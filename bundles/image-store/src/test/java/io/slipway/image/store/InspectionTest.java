package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectionTest {

    private static final ImageRef REF = ImageRef.parse("debian-12:current");
    private static final Digest INITRD = Warehouse.digest("initrd");

    private final Warehouse warehouse = new Warehouse();
    private final Inspection inspection = new Inspection(warehouse.store, bytes -> {});

    @Test
    void findsNothingInAWholeStore() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel", "initrd", "initrd");
        inspection.all();
        assertEquals(List.of(), inspection.damages());
        assertEquals(4, inspection.blobs());
    }

    @Test
    void putsADamagedBlobAsideAndNamesWhatItHurts() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel", "initrd", "initrd");
        warehouse.image("rescue:1", "boot/initrd", "initrd");
        warehouse.image("rescue:2", "boot/initrd", "another");
        warehouse.local.rotten.add(INITRD);
        inspection.all();
        assertEquals(
                List.of(new Inspection.Damage(
                        INITRD, "disk", List.of("debian-12:current (initrd)", "rescue:1 (boot/initrd)"), false)),
                inspection.damages());
        assertFalse(warehouse.store.blob(INITRD).isPresent());
        warehouse.image("rescue:1", "boot/initrd", "initrd");
        assertTrue(warehouse.store.blob(INITRD).isPresent());
    }

    @Test
    void anotherBackendMendsIt() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel", "initrd", "initrd");
        warehouse.remote.inner.store(new ByteArrayInputStream("initrd".getBytes(UTF_8)));
        warehouse.local.rotten.add(INITRD);
        inspection.image(REF);
        assertTrue(inspection.damages().get(0).isMended());
        assertEquals(6, warehouse.local.blob(INITRD).orElseThrow().size());
    }

    @Test
    void aDamagedManifestHurtsItsTag() throws IOException {
        Image image = warehouse.image("debian-12:current", "linux", "kernel");
        warehouse.local.rotten.add(image.digest());
        inspection.all();
        assertEquals(
                List.of("debian-12:current (its manifest)"),
                inspection.damages().get(0).images());
    }

    @Test
    void looksOnlyAtTheImageThatIsNamed() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel");
        warehouse.image("rescue:1", "boot/initrd", "initrd");
        warehouse.local.rotten.add(INITRD);
        inspection.image(REF);
        assertEquals(List.of(), inspection.damages());
        assertEquals(3, inspection.blobs());
    }

    @Test
    void namesWhatIsMissingEverywhere() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel", "initrd", "initrd");
        warehouse.local.inner.quarantine(INITRD);
        inspection.image(REF);
        assertEquals(
                List.of(new Inspection.Damage(INITRD, "none", List.of("debian-12:current (initrd)"), false)),
                inspection.damages());
    }

    @Test
    void saysThatThereIsNoSuchImage() {
        assertTrue(assertThrows(IOException.class, () -> inspection.image(REF))
                .getMessage()
                .startsWith("there is no image debian-12:current"));
    }

    @Test
    void stopsWhenItIsToldTo() throws IOException {
        warehouse.image("debian-12:current", "linux", "kernel");
        Inspection stopped = new Inspection(warehouse.store, bytes -> {
            throw new IOException("enough");
        });
        assertEquals("enough", assertThrows(IOException.class, stopped::all).getMessage());
        assertEquals(List.of(), stopped.damages());
        assertTrue(warehouse.store.blob(Warehouse.digest("kernel")).isPresent());
    }
}
