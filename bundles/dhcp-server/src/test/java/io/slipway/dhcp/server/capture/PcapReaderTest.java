package io.slipway.dhcp.server.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapReaderTest {

    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] UDP = PcapFile.udp("192.0.2.5", 68, "192.0.2.1", 67, HELLO);
    private static final byte[] IPV4 = {8, 0};

    private static PcapReader reader(byte[] bytes) throws IOException {
        return new PcapReader(new ByteArrayInputStream(bytes));
    }

    private static List<CapturedDatagram> read(PcapReader reader) throws IOException {
        List<CapturedDatagram> all = new ArrayList<>();
        for (Optional<CapturedDatagram> next = reader.next(); next.isPresent(); next = reader.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static CapturedDatagram only(PcapFile file) throws IOException {
        List<CapturedDatagram> all = read(reader(file.bytes()));
        assertEquals(1, all.size());
        return all.get(0);
    }

    private static void assertHello(CapturedDatagram datagram) {
        assertArrayEquals(HELLO, datagram.payload());
        assertEquals("/192.0.2.5:68", datagram.sender().toString());
        assertEquals("/192.0.2.1:67", datagram.recipient().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, 2023-11-14T22:13:20.000007Z",
        "true,  false, 2023-11-14T22:13:20.000007Z",
        "false, true,  2023-11-14T22:13:20.000000007Z",
        "true,  true,  2023-11-14T22:13:20.000000007Z",
    })
    void bothByteOrdersAndBothClocks(boolean isBig, boolean isNano, Instant time) throws Exception {
        ByteOrder order = isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        CapturedDatagram datagram = only(new PcapFile(order, isNano, 1).frame(new byte[12], IPV4, UDP));
        assertHello(datagram);
        assertEquals(time, datagram.time());
        assertEquals(1, datagram.number());
    }

    @Test
    void everyLinkType() throws Exception {
        byte[] tag = {(byte) 0x81, 0, 0, 5};
        byte[] outerTag = {(byte) 0x88, (byte) 0xa8, 0, 7};
        assertHello(only(PcapFile.ethernet().frame(new byte[12], tag, IPV4, UDP)));
        assertHello(only(PcapFile.ethernet().frame(new byte[12], outerTag, tag, IPV4, UDP)));
        assertHello(only(new PcapFile(ByteOrder.LITTLE_ENDIAN, false, 101).frame(UDP)));
        assertHello(only(new PcapFile(ByteOrder.LITTLE_ENDIAN, false, 228).frame(UDP)));
        assertHello(only(new PcapFile(ByteOrder.LITTLE_ENDIAN, false, 113).frame(new byte[14], IPV4, UDP)));
        assertHello(only(new PcapFile(ByteOrder.LITTLE_ENDIAN, false, 276).frame(IPV4, new byte[18], UDP)));
        assertHello(only(new PcapFile(ByteOrder.LITTLE_ENDIAN, false, 0x1400_0001).frame(new byte[12], IPV4, UDP)));
    }

    @Test
    void paddingIsNoPayloadAndOtherProtocolsArePassedOver() throws Exception {
        byte[] tcp = UDP.clone();
        tcp[9] = 6;
        PcapReader reader = reader(PcapFile.ethernet()
                .frame(new byte[12], new byte[] {8, 6}, new byte[28])
                .frame(new byte[12], IPV4, tcp)
                .frame(new byte[3])
                .frame(new byte[12], IPV4, UDP, new byte[9])
                .bytes());
        List<CapturedDatagram> all = read(reader);
        assertEquals(1, all.size());
        assertHello(all.get(0));
        assertEquals(4, all.get(0).number());
        assertEquals(4, reader.packets());
        assertEquals(0, reader.incomplete());
    }

    @Test
    void whatTheCaptureHasOnlyAPartOfIsCounted() throws Exception {
        byte[] fragment = UDP.clone();
        fragment[6] = 0x20;
        PcapReader reader = reader(PcapFile.ethernet()
                .frame(new byte[12], IPV4, Arrays.copyOf(UDP, UDP.length - 1))
                .frame(new byte[12], IPV4, fragment)
                .bytes());
        assertEquals(List.of(), read(reader));
        assertEquals(2, reader.incomplete());
    }

    private static String refusal(byte[] bytes) {
        return assertThrows(BrokenCaptureException.class, () -> read(reader(bytes)))
                .getMessage();
    }

    @Test
    void whatIsNoCaptureIsRefusedInWords() {
        assertEquals(
                "this is a pcapng file; expected pcap: convert it with 'tshark -F pcap -r FILE -w OUT.pcap' or"
                        + " 'editcap -F pcap FILE OUT.pcap'",
                refusal(new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0, 0}));
        assertEquals("the file has 0 bytes; expected a pcap file, of at least 24", refusal(new byte[0]));
        assertEquals(
                "the file does not begin as a pcap file does; expected one that 'tcpdump -w' wrote",
                refusal(new byte[100]));
        assertEquals(
                "packets of link type 105; expected Ethernet (1), raw IP (101), Linux cooked (SLL) (113),"
                        + " Linux cooked (SLL2) (276)",
                refusal(new PcapFile(ByteOrder.BIG_ENDIAN, false, 105).bytes()));
        byte[] whole = PcapFile.ethernet().frame(new byte[12], IPV4, UDP).bytes();
        assertEquals("the file ends within packet 1, it was cut off", refusal(Arrays.copyOf(whole, whole.length - 1)));
        byte[] huge = whole.clone();
        huge[24 + 11] = 0x7f;
        assertTrue(refusal(huge).startsWith("packet 1 of the file has 21"), refusal(huge));
        huge[24 + 11] = (byte) 0xff;
        assertTrue(refusal(huge).startsWith("packet 1 of the file has 42"), refusal(huge));
    }

    private static byte[] sample(int linkType) {
        PcapFile file = new PcapFile(ByteOrder.LITTLE_ENDIAN, false, linkType);
        byte[] before = linkType == 276 ? new byte[] {8, 0, 0, 0} : new byte[12];
        byte[] after = linkType == 276 ? new byte[16] : linkType == 113 ? new byte[] {0, 0, 8, 0} : IPV4;
        return linkType == 101
                ? file.frame(UDP).frame(UDP).bytes()
                : file.frame(before, after, UDP).frame(before, after, UDP).bytes();
    }

    /** Everything that is cut off at any byte is read up to there, and refused in words. */
    @Test
    void everyTruncation() throws Exception {
        for (int linkType : new int[] {1, 101, 113, 276}) {
            byte[] whole = sample(linkType);
            int packet = (whole.length - 24) / 2;
            assertEquals(2, read(reader(whole)).size());
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                if (length == 24 || length == 24 + packet) {
                    assertEquals((length - 24) / packet, read(reader(cut)).size());
                } else {
                    refusal(cut);
                }
            }
        }
    }

    /** Whatever bytes are changed, datagrams or a refusal in words come of it, and never more than was there. */
    @Test
    void anyMutation() throws Exception {
        Random random = new Random(4);
        int refused = 0;
        for (int round = 0; round < 40_000; round++) {
            byte[] bytes = sample(new int[] {1, 101, 113, 276}[round % 4]);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            PcapReader reader;
            try {
                reader = reader(bytes);
                assertTrue(read(reader).size() <= 2);
            } catch (BrokenCaptureException e) {
                assertTrue(e.getMessage().length() > 10);
                refused++;
            }
        }
        assertTrue(refused > 1000 && refused < 39_000, "refused " + refused);
    }
}
