package io.slipway.dhcp.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.server.DhcpTrials;
import io.slipway.dhcp.server.TrialFixture;
import io.slipway.dhcp.server.capture.PcapFile;
import io.slipway.sockets.Door;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

    private static final String OTHER = "192.0.2.9";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ReplayCommand command(DhcpTrials trials, byte[] capture, String... late) throws IOException {
        ReplayCommand command = new ReplayCommand();
        command.file = Files.write(folder.resolve("a.pcap"), capture).toString();
        command.late = List.of(late);
        command.trials = trials;
        List<Door> doors = List.of(TrialFixture.door("dhcp"));
        command.doors = () -> doors;
        command.out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return command;
    }

    private List<String> replayed(DhcpTrials trials, PcapFile capture, String... late) throws Exception {
        command(trials, capture.bytes(), late).execute();
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d+", "TIME"))
                .toList();
    }

    private static DhcpMessage.Builder message(int op, DhcpMessageType type) {
        return DhcpMessage.builder()
                .op(op)
                .hardware(DhcpMessage.ETHERNET, new byte[] {0x52, 0x54, 0, 0, 0, 1})
                .xid(0x1a2b)
                .type(type);
    }

    private static DhcpMessage.Builder request(DhcpMessageType type) {
        return message(DhcpMessage.BOOTREQUEST, type);
    }

    private static DhcpMessage.Builder reply(DhcpMessageType type, String address) {
        return message(DhcpMessage.BOOTREPLY, type).yourAddress(Addresses.parse(address));
    }

    private static byte[] bytes(DhcpMessage.Builder message) {
        return ByteBufUtil.getBytes(DhcpEncoder.encode(message.build(), UnpooledByteBufAllocator.DEFAULT));
    }

    private static PcapFile asked(PcapFile file, DhcpMessage.Builder request) {
        return file.datagram("0.0.0.0", 68, "255.255.255.255", 67, bytes(request));
    }

    private static PcapFile answered(PcapFile file, DhcpMessage.Builder reply) {
        return file.datagram(OTHER, 67, "255.255.255.255", 68, bytes(reply));
    }

    private static PcapFile dora(String address) {
        PcapFile file = PcapFile.ethernet();
        asked(file, request(DhcpMessageType.DISCOVER));
        answered(file, reply(DhcpMessageType.OFFER, address));
        asked(file, request(DhcpMessageType.REQUEST));
        return answered(file, reply(DhcpMessageType.ACK, address));
    }

    @Test
    void whatIsTheSameIsCounted() throws Exception {
        assertEquals(
                List.of("4 packets, 2 requests: 2 would be answered as captured, 0 differently"),
                replayed(TrialFixture.answering(), dora("192.0.2.100")));
    }

    @Test
    void whatIsTheSameIsShownOnDemand() throws Exception {
        assertEquals(
                List.of(
                        "packet 1, TIME: DISCOVER of 52:54:00:00:00:01, xid 00001a2b: as captured, OFFER 192.0.2.100",
                        "packet 3, TIME: REQUEST of 52:54:00:00:00:01, xid 00001a2b: as captured, ACK 192.0.2.100",
                        "4 packets, 2 requests: 2 would be answered as captured, 0 differently"),
                replayed(TrialFixture.answering(), dora("192.0.2.100"), "--all"));
    }

    @Test
    void whatDiffersIsShown() throws Exception {
        PcapFile file = PcapFile.ethernet();
        asked(file, request(DhcpMessageType.DISCOVER));
        answered(
                file,
                reply(DhcpMessageType.OFFER, "192.0.2.7")
                        .nextServer(Addresses.parse(OTHER))
                        .bootFile("pxelinux.0")
                        .option(DhcpOptions.DOMAIN_NAME, "old.example"));
        assertEquals(
                List.of(
                        "packet 1, TIME: DISCOVER of 52:54:00:00:00:01, xid 00001a2b",
                        "    domain-name (15): captured old.example, now nothing",
                        "    file: captured pxelinux.0, now nothing",
                        "    siaddr: captured 192.0.2.9, now nothing",
                        "    yiaddr: captured 192.0.2.7, now 192.0.2.100",
                        "2 packets, 1 requests: 0 would be answered as captured, 1 differently"),
                replayed(TrialFixture.answering(), file));
    }

    @Test
    void whatOnlyOneOfTheTwoAnswersIsShown() throws Exception {
        PcapFile file = PcapFile.ethernet();
        asked(file, request(DhcpMessageType.DISCOVER));
        asked(file, request(DhcpMessageType.DISCOVER));
        assertEquals(
                List.of(
                        "packet 2, TIME: DISCOVER of 52:54:00:00:00:01, xid 00001a2b",
                        "    captured: no reply",
                        "    now: OFFER 192.0.2.100",
                        "2 packets, 2 requests: 0 would be answered as captured, 1 differently; 1 were repeated before a"
                                + " reply"),
                replayed(TrialFixture.answering(), file));
        printed.reset();
        DhcpTrials mute = TrialFixture.running(Map.of("mute", exchange -> Verdict.drop("denied")));
        assertEquals(
                List.of("    captured: OFFER 192.0.2.7", "    now: no reply, denied"),
                replayed(mute, dora("192.0.2.7")).subList(1, 3));
    }

    @Test
    void theFirstReplyOfTheNamedServerCounts() throws Exception {
        PcapFile file = PcapFile.ethernet();
        asked(file, request(DhcpMessageType.DISCOVER));
        DhcpMessage.Builder rogue = reply(DhcpMessageType.OFFER, "192.0.2.66");
        answered(file, rogue.option(DhcpOptions.DHCP_SERVER_IDENTIFIER, Addresses.parse("192.0.2.6")));
        DhcpMessage.Builder offer = reply(DhcpMessageType.OFFER, "192.0.2.100");
        answered(file, offer.option(DhcpOptions.DHCP_SERVER_IDENTIFIER, Addresses.parse(OTHER)));
        DhcpMessage.Builder select = request(DhcpMessageType.REQUEST);
        asked(file, select.option(DhcpOptions.DHCP_SERVER_IDENTIFIER, Addresses.parse(OTHER)));
        DhcpTrials trials = TrialFixture.running(Map.of("answer", exchange -> {
            boolean isDiscover = exchange.request().type().orElseThrow() == DhcpMessageType.DISCOVER;
            exchange.reply()
                    .type(isDiscover ? DhcpMessageType.OFFER : DhcpMessageType.ACK)
                    .yourAddress(Addresses.parse("192.0.2.100"))
                    .option(
                            DhcpOptions.DHCP_SERVER_IDENTIFIER,
                            exchange.request()
                                    .option(DhcpOptions.DHCP_SERVER_IDENTIFIER)
                                    .orElse(Addresses.parse(OTHER)));
            return Verdict.reply();
        }));
        assertEquals(
                List.of(
                        "packet 4, TIME: REQUEST of 52:54:00:00:00:01, xid 00001a2b",
                        "    captured: no reply",
                        "    now: ACK 192.0.2.100",
                        "4 packets, 2 requests: 1 would be answered as captured, 1 differently",
                        "1 replies belong to no request, or came second, or are another server's"),
                replayed(trials, file, "--instead-of", OTHER));
    }

    @Test
    void whatCannotBeReplayedIsCounted() throws Exception {
        PcapFile file = PcapFile.ethernet()
                .datagram("192.0.2.7", 68, "192.0.2.1", 4011, bytes(request(DhcpMessageType.REQUEST)))
                .datagram("0.0.0.0", 68, "255.255.255.255", 67, new byte[5])
                .datagram("192.0.2.7", 53, "192.0.2.1", 53, new byte[50]);
        assertEquals(
                List.of(
                        "packet 2 is malformed: 5 bytes; expected at least 240",
                        "3 packets, 1 requests: 0 would be answered as captured, 0 differently",
                        "1 DHCP packets are malformed",
                        "1 requests to port 4011 were left out, for no door 'pxe' is open"),
                replayed(TrialFixture.answering(), file));
    }

    /** Neither a cut nor a change anywhere makes it fail otherwise than in words. */
    @Test
    void brokenFilesAreRefusedInWords() throws Exception {
        byte[] whole = dora("192.0.2.100").bytes();
        Random random = new Random(9);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = random.nextBoolean() ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                command(TrialFixture.answering(), bytes).execute();
            } catch (CommandException e) {
                assertTrue(e.getMessage().contains("a.pcap: "), e.getMessage());
                refused++;
            }
            printed.reset();
        }
        assertTrue(refused > 500 && refused < 2900, "refused " + refused);
    }

    @Test
    void otherRefusals() throws Exception {
        byte[] capture = dora("192.0.2.100").bytes();
        ReplayCommand gone = command(TrialFixture.answering(), capture);
        gone.file = folder.resolve("gone").toString();
        assertEquals(
                "there is no file " + gone.file + " on the server",
                assertThrows(CommandException.class, gone::execute).getMessage());
        ReplayCommand wrong = command(TrialFixture.answering(), capture, "--al");
        assertEquals(
                "'--al'; expected one of --all, --instead-of, --interface",
                assertThrows(CommandException.class, wrong::execute).getMessage());
        ReplayCommand server = command(TrialFixture.answering(), capture, "--instead-of", "x");
        assertEquals(
                "--instead-of x; expected an IPv4 address such as 192.0.2.1",
                assertThrows(CommandException.class, server::execute).getMessage());
    }
}
