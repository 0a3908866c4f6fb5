package io.slipway.image.catalog.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9580 section 7. */
class ClearSignedTest {

    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----\n";
    private static final String SIGNATURE =
            "-----BEGIN PGP SIGNATURE-----\n\nwgEC\n=AAAA\n-----END PGP SIGNATURE-----\n";

    @Test
    void dashesAndBlanksThatAreNotSignedGo() throws IOException {
        ClearSigned parsed = parse(BEGIN + "Hash: SHA256, SHA512\nHash: SHA384\n\n- - a\n- b \t\nc\n" + SIGNATURE);
        assertEquals(List.of("- a", "b", "c"), parsed.lines());
        assertEquals("- a\r\nb\r\nc", new String(parsed.canonical(), UTF_8));
        assertEquals("- a\nb\nc\n", new String(parsed.text(), UTF_8));
        assertArrayEquals(new byte[] {(byte) 0xc2, 1, 2}, parsed.signatures().get(0));
    }

    @Test
    void severalBlocksAreTaken() throws IOException {
        assertEquals(
                2,
                parse(BEGIN + "\na\n" + SIGNATURE + "\n" + SIGNATURE)
                        .signatures()
                        .size());
    }

    @Test
    void anEmptyTextIsOne() throws IOException {
        assertEquals(0, parse(BEGIN + "\n" + SIGNATURE).canonical().length);
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                arguments("x", "it does not begin with -----BEGIN PGP SIGNED MESSAGE-----"),
                arguments(
                        BEGIN + "Comment: x\n\na\n" + SIGNATURE,
                        "its line 2 is no Hash header, and no other may stand there"),
                arguments(
                        BEGIN + "Hash: SHA256\n \na\n" + SIGNATURE,
                        "its line 3 is no Hash header, and no other may stand there"),
                arguments(BEGIN, "it ends before -----BEGIN PGP SIGNATURE-----"),
                arguments(BEGIN + "\na\n", "it ends before -----BEGIN PGP SIGNATURE-----"),
                arguments(BEGIN + "\n-a\n" + SIGNATURE, "its line 3 begins with a dash that is not escaped"),
                arguments(
                        BEGIN + "\n-----BEGIN PGP X-----\n" + SIGNATURE,
                        "its line 3 begins with a dash that is not escaped"),
                arguments(BEGIN + "\na\rb\n" + SIGNATURE, "its line 3 has a control character"),
                arguments(BEGIN + "\na\0b\n" + SIGNATURE, "its line 3 has a control character"),
                arguments(
                        BEGIN + "\na\n" + SIGNATURE + "more\n", "it has text that is not signed behind the signature"),
                arguments(
                        BEGIN + "\na\n-----BEGIN PGP SIGNATURE-----\n", "it ends before -----END PGP SIGNATURE-----"));
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void whatTwoReadersCouldTakeForDifferentTextsIsRefused(String message, String reason) {
        assertEquals(
                reason, assertThrows(IOException.class, () -> parse(message)).getMessage());
    }

    @Test
    void armorWithoutBase64IsRefused() {
        assertEquals(
                "its armor is no base64",
                assertThrows(IOException.class, () -> parse(BEGIN + "\na\n" + SIGNATURE.replace("wgEC", "w?EC")))
                        .getMessage());
        assertEquals(
                "its armor has no empty line before the base64",
                assertThrows(IOException.class, () -> parse(BEGIN + "\na\n" + SIGNATURE.replace("\n\n", "\n")))
                        .getMessage());
    }

    private static ClearSigned parse(String message) throws IOException {
        return ClearSigned.parse(message.getBytes(UTF_8));
    }
}
