package io.slipway.dhcp.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.server.DhcpTrials;
import io.slipway.dhcp.server.TrialFixture;
import io.slipway.sockets.Door;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {

    private static final List<Door> DOORS = List.of(TrialFixture.door("dhcp"), TrialFixture.door("pxe"));

    private static String printed(DhcpTrials trials, List<Door> doors, Consumer<SimulateCommand> flags)
            throws CommandException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SimulateCommand command = new SimulateCommand();
        command.mac = "52:54:00:12:34:56";
        command.trials = trials;
        command.doors = () -> doors;
        command.out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        flags.accept(command);
        command.execute();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String printed(Consumer<SimulateCommand> flags) throws CommandException {
        return printed(TrialFixture.answering(), DOORS, flags);
    }

    private static void assertHas(String text, String... lines) {
        List<String> all = text.lines().toList();
        for (String line : lines) {
            assertTrue(all.contains(line), () -> "no '" + line + "' in\n" + text);
        }
    }

    @Test
    void showsTheRequestEachStepAndTheReply() throws Exception {
        assertHas(
                printed(command -> command.arch = "uefi-x64"),
                "This is a trial: nothing is sent, stored, learnt or counted.",
                "DISCOVER on eth0, port 67",
                "  vendor-class-identifier (60): PXEClient:Arch:00007:UNDI:003000",
                "  client-system-architecture (93): 7 (uefi-x64)",
                "answer: next",
                "  + yiaddr: 192.0.2.100",
                "  + dhcp-message-type (53): OFFER",
                "last: next",
                "    the last one",
                "OFFER to 255.255.255.255:68 (broadcast), 300 bytes",
                "  yiaddr: 192.0.2.100",
                "  00f0  35 01 02 ff 00 00 00 00 00 00 00 00 00 00 00 00  5...............");
    }

    @Test
    void aRequestTakesWhatItWouldBeOffered() throws Exception {
        assertHas(
                printed(command -> command.type = "request"),
                "The offer of 192.0.2.100 to its DISCOVER is taken.",
                "  dhcp-requested-address (50): 192.0.2.100",
                "  + dhcp-message-type (53): ACK");
        DhcpTrials mute = TrialFixture.running(Map.of("mute", exchange -> Verdict.drop("no address left")));
        assertEquals(
                "there is no offer to take: the DISCOVER gets no reply, no address left; see it with --type discover,"
                        + " or say --requested ADDRESS",
                assertThrows(CommandException.class, () -> printed(mute, DOORS, command -> command.type = "request"))
                        .getMessage());
    }

    @Test
    void whatIsNotAnsweredSaysWhy() throws Exception {
        DhcpTrials mute = TrialFixture.running(Map.of("mute", exchange -> Verdict.drop("denied")));
        assertHas(printed(mute, DOORS, command -> {}), "mute: no reply, denied", "No reply: denied");
    }

    @Test
    void itComesByARelayAgent() throws Exception {
        assertHas(
                printed(command -> {
                    command.relay = "198.51.100.1";
                    command.circuitId = "port 7";
                }),
                "  giaddr: 198.51.100.1",
                "  dhcp-agent-options (82): 1=70:6f:72:74:20:37",
                "OFFER to 198.51.100.1:67 (the relay agent), 300 bytes");
    }

    @Test
    void pxeAsksOnItsPortAndInformHasAnAddress() throws Exception {
        assertHas(
                printed(command -> {
                    command.isPxe = true;
                    command.arch = "bios-x86";
                    command.present = "192.0.2.44";
                }),
                "REQUEST on eth0, port 4011",
                "  ciaddr: 192.0.2.44",
                "ACK to 192.0.2.44:68, 300 bytes");
        assertHas(
                printed(command -> {
                    command.type = "inform";
                    command.present = "192.0.2.44";
                }),
                "INFORM on eth0, port 67");
    }

    @Test
    void bootpHasNoType() throws Exception {
        DhcpTrials bootp = TrialFixture.running(Map.of("bootp", exchange -> {
            exchange.reply().yourAddress(exchange.serverAddress());
            return exchange.request().type().isEmpty() ? Verdict.next() : Verdict.drop("no BOOTP");
        }));
        assertHas(printed(bootp, DOORS, command -> command.type = "bootp"), "BOOTP on eth0, port 67");
    }

    @Test
    void eachKindOfSoftwareSaysWhatItDoes() throws Exception {
        assertHas(
                printed(command -> {
                    command.arch = "uefi-x64-http";
                    command.uuid = "12345678-1234-5678-90ab-001122334455";
                }),
                "  vendor-class-identifier (60): HTTPClient:Arch:00016:UNDI:003000",
                "  client-machine-identifier (97): 12345678-1234-5678-90ab-001122334455");
        assertHas(
                printed(command -> {
                    command.arch = "0";
                    command.userClass = "iPXE";
                }),
                "  user-class (77): iPXE",
                "  dhcp-client-identifier (61): 01:52:54:00:12:34:56");
        String system = printed(command -> {
            command.vendorClass = "phone 7";
            command.clientId = "0xff01";
        });
        assertHas(system, "  vendor-class-identifier (60): phone 7", "  dhcp-client-identifier (61): ff:01");
        assertTrue(!system.contains("(93)"), system);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mac      | 52:54         | --mac 52:54; expected the form 52:54:00:12:34:56
            type     | offer         | --type offer; expected one of discover, request, inform, bootp
            type     | inform        | --type inform without --ciaddr; expected the address that the client has, such as --ciaddr 192.0.2.100
            link     | eth7          | --interface eth7; expected one of eth0
            relay    | lan           | --relay lan; expected an IPv4 address such as 192.0.2.1
            uuid     | 7             | --uuid 7; expected a UUID such as 12345678-1234-5678-90ab-001122334455
            clientId | 0x0           | --client-id 0x0; expected text, or hexadecimal such as 0x0102 or 01:02
            """)
    void wrongValuesAreRefusedInWords(String flag, String value, String message) {
        assertEquals(
                message,
                assertThrows(CommandException.class, () -> printed(command -> set(command, flag, value)))
                        .getMessage());
    }

    private static void set(SimulateCommand command, String flag, String value) {
        switch (flag) {
            case "mac" -> command.mac = value;
            case "type" -> command.type = value;
            case "link" -> command.link = value;
            case "relay" -> command.relay = value;
            case "uuid" -> command.uuid = value;
            default -> command.clientId = value;
        }
    }

    @Test
    void otherRefusals() {
        CommandException arch =
                assertThrows(CommandException.class, () -> printed(command -> command.arch = "uefi-x65"));
        assertTrue(
                arch.getMessage().startsWith("--arch uefi-x65; expected one of bios-x86, uefi-ia32, uefi-x64,"),
                arch.getMessage());
        assertTrue(arch.getMessage().contains("uefi-arm64-http"), arch.getMessage());
        assertEquals(
                "--class of 300 bytes; expected 1 to 253",
                assertThrows(CommandException.class, () -> printed(command -> command.userClass = "x".repeat(300)))
                        .getMessage());
        assertEquals(
                "no door 'dhcp' is open; expected one in 'doors', on an interface of 'interfaces', in"
                        + " etc/io.slipway.sockets.cfg",
                assertThrows(CommandException.class, () -> printed(TrialFixture.answering(), List.of(), command -> {}))
                        .getMessage());
        List<Door> two = List.of(TrialFixture.door("dhcp"), TrialFixture.door("dhcp"));
        assertEquals(
                "--interface is missing; expected one of eth0, eth0",
                assertThrows(CommandException.class, () -> printed(TrialFixture.answering(), two, command -> {}))
                        .getMessage());
    }
}
