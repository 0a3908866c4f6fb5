package io.slipway.dhcp.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelayAgentInformationTest {

    private static RelayAgentInformation parse(String hex) {
        return RelayAgentInformation.parse(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void itsSuboptionsAreFound() {
        RelayAgentInformation all = parse("01 03 657468 02 02 a1b2 05 04 c6336400 0b 04 c6336401");
        assertArrayEquals(new byte[] {'e', 't', 'h'}, all.circuitId().orElseThrow());
        assertArrayEquals(new byte[] {(byte) 0xa1, (byte) 0xb2}, all.remoteId().orElseThrow());
        assertEquals(Optional.of(Addresses.parse("198.51.100.0")), all.linkSelection());
        assertEquals(Optional.of(Addresses.parse("198.51.100.1")), all.serverIdentifierOverride());
        assertTrue(all.suboption(9).isEmpty());
    }

    @Test
    void addressesOfAnotherLengthOrOfZerosSayNothing() {
        assertEquals(Optional.empty(), parse("05 03 c63364").linkSelection());
        assertEquals(Optional.empty(), parse("0b 04 00000000").serverIdentifierOverride());
        assertEquals(Optional.empty(), parse("").linkSelection());
    }

    @Test
    void whatOverrunsIsPassedOverWithAllBehindIt() {
        RelayAgentInformation cut = parse("02 01 07 01 09 6574 05 04 c6336400");
        assertArrayEquals(new byte[] {7}, cut.remoteId().orElseThrow());
        assertTrue(cut.circuitId().isEmpty());
        assertTrue(cut.linkSelection().isEmpty());
        assertTrue(parse("01").circuitId().isEmpty(), "no length");
    }

    @Test
    void ofTwoTheFirstCounts() {
        assertArrayEquals(new byte[] {1}, parse("01 01 01 01 01 02").circuitId().orElseThrow());
    }

    @Test
    void noBytesOfAnyKindFail() {
        Random random = new Random(82);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            RelayAgentInformation.parse(bytes).linkSelection().ifPresent(address -> assertTrue(bytes.length >= 6));
        }
    }
}
