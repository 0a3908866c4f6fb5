package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootRequestTest {

    @ParameterizedTest
    @CsvSource({
        "pxelinux.0, /pxelinux.0",
        "/pxelinux.0, /pxelinux.0",
        "//pxelinux.cfg//01-52, /pxelinux.cfg/01-52",
        "\\Boot\\BCD, /Boot/BCD",
        "./a/./b, /a/b",
        "a b/ü, /a b/ü",
        "...., /....",
        "a/..b, /a/..b"
    })
    void normalisesWhatFirmwareWrites(String raw, String path) {
        assertEquals(Optional.of(path), BootRequest.normalise(raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                ".",
                "..",
                "a/..",
                "../a",
                "a/../b",
                "..\\windows",
                "a/",
                "a\\",
                "a\0b",
                "\u0001",
                "a\nb"
            })
    void refusesWhatIsNoFileOfTheTree(String raw) {
        assertEquals(Optional.empty(), BootRequest.normalise(raw));
    }

    @Test
    void whatIsNormalStaysAndNeverClimbs() {
        Random random = new Random(7);
        String letters = "/\\..a\0 ";
        for (int i = 0; i < 5000; i++) {
            StringBuilder raw = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                raw.append(letters.charAt(random.nextInt(letters.length())));
            }
            Optional<String> path = BootRequest.normalise(raw.toString());
            assertEquals(path, path.flatMap(BootRequest::normalise), raw.toString());
            path.ifPresent(normal -> assertFalse(List.of(normal.split("/")).contains(".."), normal));
        }
    }

    @Test
    void aRequestHasANormalPath() {
        assertEquals("/a/b", request("/a/b").path());
        assertThrows(IllegalArgumentException.class, () -> request("a/b"));
        assertThrows(IllegalArgumentException.class, () -> request("/a/../b"));
        assertThrows(IllegalArgumentException.class, () -> request("/a//b"));
    }

    @Test
    void carriesWhatWasDecided() {
        BootDecision.Netboot netboot = new BootDecision.Netboot(
                BootMenu.of(new BootEntry.LocalBoot("local", "Local disk")), Optional.empty(), "a test");
        BootRequest with = request("/a").with(netboot);
        assertEquals(Optional.of(netboot), with.netboot());
        assertEquals("/a", with.path());
    }

    private static BootRequest request(String path) {
        InetSocketAddress nowhere = new InetSocketAddress("192.0.2.1", 69);
        return new BootRequest(path, BootTransport.TFTP, nowhere, nowhere, "", Optional.empty(), Optional.empty());
    }
}
