package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.DecoderException;
import io.slipway.boot.BootEvent.Step;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** One packet through the chain. */
class ExchangeTest {

    @Test
    void handlersAreAskedInOrderAndSeeTheExchange() throws InterruptedException {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ServerFixture fixture =
                new ServerFixture(ServerFixture.settings("one, *, answer, absent?", 2, 64, Duration.ofMillis(30)))) {
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.register("joined", exchange -> {
                asked.add("joined "
                        + exchange.replySoFar().option(DhcpOptions.HOST_NAME).orElse("?"));
                return Verdict.next();
            });
            fixture.register("one", exchange -> {
                asked.add("one " + exchange.mac() + " " + exchange.door() + " " + exchange.link() + " "
                        + exchange.serverAddress().getHostAddress() + "/" + exchange.prefixLength());
                exchange.reply().option(DhcpOptions.HOST_NAME, "node");
                return Verdict.next();
            });
            fixture.receive(ServerFixture.request(7, DhcpMessageType.DISCOVER).xid(0x1234));
            DhcpMessage reply = fixture.dhcp.next().message();
            assertEquals(List.of("one 02:00:00:00:00:07 dhcp eth0 192.0.2.1/24", "joined node"), asked);
            assertEquals(Optional.of(DhcpMessageType.OFFER), reply.type());
            assertEquals(DhcpMessage.BOOTREPLY, reply.op());
            assertEquals(0x1234, reply.xid());
        }
    }

    @Test
    void replyEndsTheChain() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("nak, answer")) {
            fixture.register("nak", exchange -> {
                exchange.reply().type(DhcpMessageType.NAK).option(DhcpOptions.DHCP_MESSAGE, "wrong network");
                return Verdict.reply();
            });
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.bootRequest(1, DhcpMessageType.REQUEST));
            assertEquals(
                    Optional.of(DhcpMessageType.NAK),
                    fixture.dhcp.next().message().type());
            assertEvent(fixture, Step.NAK, "wrong network");
        }
    }

    @Test
    void handlersBetweenArePassedOver() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("proxy, address, boot, last")) {
            fixture.register("proxy", exchange -> {
                exchange.reply().type(DhcpMessageType.OFFER);
                return Verdict.skipTo("boot");
            });
            fixture.register("address", exchange -> Verdict.drop("was asked"));
            fixture.register("boot", exchange -> Verdict.next());
            fixture.register("last", exchange -> {
                exchange.reply().option(DhcpOptions.HOST_NAME, "asked");
                return Verdict.next();
            });
            fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
            assertEquals(Optional.of("asked"), fixture.dhcp.next().message().option(DhcpOptions.HOST_NAME));
        }
    }

    @Test
    void withoutTheHandlerThatIsToBeAskedThereIsNoAnswer() {
        try (ServerFixture fixture = new ServerFixture("boot, proxy, answer")) {
            fixture.register("boot", exchange -> Verdict.next());
            fixture.register("proxy", exchange -> Verdict.skipTo("boot"));
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
            fixture.awaitDropped("no handler boot", 1);
            assertEquals(0, fixture.dhcp.waiting());
        }
    }

    @Test
    void dropIsCountedByItsReason() {
        try (ServerFixture fixture = new ServerFixture("refuse, answer")) {
            fixture.register("refuse", exchange -> Verdict.drop("not for this server"));
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.bootRequest(1, DhcpMessageType.REQUEST));
            fixture.awaitDropped("not for this server", 1);
            assertEvent(fixture, Step.DROP, "REQUEST not answered: not for this server");
            assertEquals(0, fixture.dhcp.waiting());
        }
    }

    @Test
    void chainWithoutAnAnswerSendsNothing() {
        try (ServerFixture fixture = new ServerFixture("silent")) {
            fixture.register("silent", exchange -> Verdict.next());
            fixture.receive(ServerFixture.bootRequest(1, DhcpMessageType.INFORM));
            fixture.receive(ServerFixture.request(1, DhcpMessageType.INFORM).remove(DhcpOptions.DHCP_MESSAGE_TYPE));
            fixture.awaitDropped("no answer", 2);
            assertEvent(fixture, Step.DHCP, "INFORM on eth0");
            assertEvent(fixture, Step.DHCP, "BOOTP on eth0");
        }
    }

    @Test
    void bootpIsAnsweredWithoutMessageType() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("bootp")) {
            fixture.register("bootp", exchange -> {
                exchange.reply().yourAddress(Addresses.parse("192.0.2.9"));
                return Verdict.next();
            });
            fixture.receive(ServerFixture.request(1, DhcpMessageType.INFORM).remove(DhcpOptions.DHCP_MESSAGE_TYPE));
            assertEquals(Optional.empty(), fixture.dhcp.next().message().type());
            ServerFixture.await(() -> fixture.count("sent", "BOOTP") == 1, "counted");
        }
    }

    @Test
    void failingHandlerCostsOnlyItsPacket() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("faulty, answer")) {
            fixture.register("faulty", exchange -> {
                switch (exchange.request().xid()) {
                    case 1 -> throw new IllegalStateException("a fault");
                    case 2 -> throw new IOException("an unavailable thing");
                    case 3 -> throw new NoClassDefFoundError("a plugin that is gone");
                    case 4 -> throw new DecoderException("a broken option");
                    case 5 ->
                        exchange.beforeSend(() -> {
                            throw new IllegalStateException("a late fault");
                        });
                    case 6 -> {
                        return null;
                    }
                    default -> exchange.reply().seconds(0);
                }
                return Verdict.next();
            });
            fixture.register("answer", ServerFixture.ANSWER);
            for (int xid = 1; xid <= 7; xid++) {
                fixture.receive(
                        ServerFixture.request(1, DhcpMessageType.REQUEST).xid(xid));
            }
            assertEquals(7, fixture.dhcp.next().message().xid());
            fixture.awaitDropped("handler failed", 5);
            fixture.awaitDropped("malformed option", 1);
        }
    }

    @Test
    void messageTypeThatIsNoneIsAFaultOfTheHandler() {
        try (ServerFixture fixture = new ServerFixture("faulty")) {
            fixture.register("faulty", exchange -> {
                exchange.reply().bytes(53, new byte[] {1, 2});
                return Verdict.next();
            });
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST));
            fixture.awaitDropped("malformed option", 1);
        }
    }

    @Test
    void journalHasTheBootInOrder() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("answer, boot")) {
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.register("boot", exchange -> {
                exchange.reply().bootFile("pxelinux.0").nextServer(FakeDoor.SERVER);
                return Verdict.next();
            });
            fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER)
                    .bytes(93, new byte[] {0, 7})
                    .option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "PXEClient\u001b[2J"));
            fixture.dhcp.next();
            fixture.receive(ServerFixture.request(1, DhcpMessageType.REQUEST)
                    .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeDoor.SERVER)
                    .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, Addresses.parse("192.0.2.100")));
            fixture.dhcp.next();
            ServerFixture.await(() -> fixture.journal.size() == 4, "four steps");
            assertEquals(
                    List.of(Step.DISCOVER, Step.OFFER, Step.REQUEST, Step.ACK),
                    fixture.journal.stream().map(event -> event.step()).toList());
            assertEvent(fixture, Step.DISCOVER, "uefi-x64, PXEClient.[2J, on eth0");
            assertEvent(fixture, Step.OFFER, "192.0.2.100, boot file pxelinux.0 of 192.0.2.1");
            assertEvent(fixture, Step.REQUEST, "asks for 192.0.2.100, of server 192.0.2.1, on eth0");
            assertTrue(fixture.journal.stream()
                    .allMatch(event -> event.mac().get().toString().equals("02:00:00:00:00:01")));
        }
    }

    /** Of a renewal nothing is told, unless it is that of a system which was booted. */
    @Test
    void onlyWhatBelongsToABootIsInTheJournal() throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("answer")) {
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
            fixture.dhcp.next();
            fixture.receive(ServerFixture.bootRequest(2, DhcpMessageType.DISCOVER));
            fixture.dhcp.next();
            fixture.receive(ServerFixture.request(2, DhcpMessageType.DISCOVER));
            fixture.dhcp.next();
            ServerFixture.await(() -> fixture.journal.size() == 4, "two packets and their replies in the journal");
            assertTrue(fixture.journal.stream()
                    .allMatch(event -> event.mac().get().toString().equals("02:00:00:00:00:02")));
        }
    }

    private static void assertEvent(ServerFixture fixture, Step step, String detail) {
        ServerFixture.await(
                () -> fixture.journal.stream()
                        .anyMatch(
                                event -> event.step() == step && event.detail().equals(detail)),
                step + " " + detail + " in " + fixture.journal);
    }
}
