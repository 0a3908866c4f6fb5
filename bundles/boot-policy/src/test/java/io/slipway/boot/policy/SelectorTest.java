package io.slipway.boot.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootClient;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectorTest {

    private static final BootClient CLIENT = Policies.client("52:54:00:12:34:56");

    private static boolean matches(String label, String pattern, String value) {
        return LabelPattern.of(label, pattern).matches(LabelPattern.canonical(label, value));
    }

    /** The name of the group that counts for the client. */
    private static Optional<String> winner(BootClient client, String... groups) throws PolicyException {
        StringBuilder text = new StringBuilder("groups:\n");
        for (int i = 0; i < groups.length; i++) {
            text.append("  g")
                    .append(i)
                    .append(": { ignore: x, match: ")
                    .append(groups[i])
                    .append(" }\n");
        }
        return Policies.parse(text.toString()).match(client).map(match -> match.group()
                .name());
    }

    @Test
    void globsMatchWholeValues() {
        assertTrue(matches("link", "eth*", "eth0"));
        assertTrue(matches("link", "*", ""));
        assertTrue(matches("link", "a*b*c", "a-b-b-c"));
        assertTrue(matches("link", "*.42", "br0.42"));
        assertFalse(matches("link", "eth*", "veth0"));
        assertFalse(matches("link", "a*b*c", "a-b-c-d"));
        assertFalse(matches("link", "eth0", "eth01"));
        assertFalse(matches("link", "ETH0", "eth0"));
    }

    @Test
    void aHostileGlobTakesNoTime() {
        String stars = "*a".repeat(500) + "b";
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertFalse(matches("link", stars, "a".repeat(10_000))));
    }

    @Test
    void macsAreComparedHoweverTheyAreWritten() {
        for (String written : List.of(
                "52:54:00:AB:CD:EF",
                "52-54-00-ab-cd-ef",
                "525400abcdef",
                "5254.00ab.cdef",
                "52:54:00:*",
                "52-54-00-*",
                "525400*",
                "*:EF",
                "52:*:ef")) {
            assertTrue(matches("mac", written, "52:54:00:ab:cd:ef"), written);
        }
        assertFalse(matches("mac", "52:54:01:*", "52:54:00:ab:cd:ef"));
        assertTrue(matches("uuid", "4C4C4544-*", "4c4c4544-0000-1000-8000-000000000000"));
    }

    @Test
    void allLabelsMustMatchAndAnyOfTheirValues() throws PolicyException {
        assertEquals(Optional.of("g0"), winner(CLIENT, "{ arch: [bios-x86, uefi-x64], mac: \"52:54:00:*\" }"));
        assertEquals(Optional.empty(), winner(CLIENT, "{ arch: [bios-x86, uefi-arm64], mac: \"52:54:00:*\" }"));
        assertEquals(Optional.empty(), winner(CLIENT, "{ rack: r1 }"));
        assertEquals(Optional.of("g0"), winner(CLIENT, "{}"));
        assertEquals(
                Optional.of("g0"), winner(CLIENT.toBuilder().label("rack", "r1").build(), "{ rack: r1 }"));
    }

    @Test
    void httpFirmwareIsOfTheSameArchitecture() throws PolicyException {
        BootClient http = BootClient.builder(MacAddress.parse("52:54:00:12:34:56"))
                .architecture(FirmwareArchitecture.UEFI_X64_HTTP)
                .build();
        assertEquals(Optional.of("g1"), winner(http, "{ arch: uefi-x64, transport: tftp }", "{ arch: uefi-x64 }"));
    }

    @Test
    void moreLabelsWinOverFewerAndExactValuesOverGlobs() throws PolicyException {
        assertEquals(Optional.of("g1"), winner(CLIENT, "{}", "{ arch: \"*\" }"));
        assertEquals(Optional.of("g1"), winner(CLIENT, "{ mac: 52:54:00:12:34:56 }", "{ mac: \"*\", arch: \"*\" }"));
        assertEquals(Optional.of("g1"), winner(CLIENT, "{ mac: \"52:54:00:12:34:*\" }", "{ arch: uefi-x64 }"));
        assertEquals(
                Optional.of("g1"),
                winner(CLIENT, "{ mac: \"52:*\" }", "{ mac: [\"52:54:*\", \"52:54:00:12:34:56\"] }"));
    }

    @Test
    void whereNothingDecidesTheFirstNameWinsAndTheOthersAreNamed() throws PolicyException {
        BootConfiguration read = Policies.parse("groups: { z: { ignore: x, match: { mac: 52:54:00:12:34:56 } },\n"
                + " b: { ignore: x, match: { arch: uefi-x64 } } }");
        BootConfiguration.Match match = read.match(CLIENT).orElseThrow();
        assertEquals("b", match.group().name());
        assertEquals(List.of("z"), match.rivals().stream().map(Group::name).toList());
    }
}
