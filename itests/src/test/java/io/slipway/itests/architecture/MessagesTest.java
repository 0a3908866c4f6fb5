package io.slipway.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.itests.architecture.LogMessages.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of messages tells of every warning and error that the bundles log; and this can fail. */
class MessagesTest {

    private final Checkout checkout = Checkout.current();

    @Test
    void thePageTellsOfEveryMessage() {
        List<String> page = LogMessages.paragraphs(Checkout.read(checkout.root().resolve("docs/messages.md")));
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Path file : checkout.files("bundles", ".java")) {
            String place = checkout.root().relativize(file).toString();
            if (place.contains("/src/main/")) {
                List<Message> messages = LogMessages.in(Checkout.read(file));
                found += messages.size();
                messages.stream()
                        .filter(message -> message.fragments().isEmpty() || !message.isIn(page))
                        .forEach(message -> missing.add(place + ":" + message.line() + " " + message));
            }
        }

        assertTrue(found > 40, "only " + found + " messages found");
        assertTrue(missing.isEmpty(), () -> "docs/messages.md lacks\n" + String.join("\n", missing));
    }

    @Test
    void joinedLiteralsAreOneMessage() {
        assertEquals(
                List.of(new Message(2, "WARN", List.of("no \"x\" for", "on the", "link; add one"))),
                LogMessages.in("f();\n LOG.warn(\n  \"no \\\"x\\\" for {} on \"\n+ \"the  {} link; add one\", a(b));"));
    }

    @Test
    void aMessageThatThePageLacksIsFound() {
        assertEquals(
                List.of(false, true),
                documented("LOG.warn(\"the {} is lost\", a); LOG.warn(\"it is {}\", b);", "- WARN `it is <what>`"));
    }

    @Test
    void aMessageThatHasChangedIsFound() {
        assertEquals(
                List.of(false),
                documented(
                        "LOG.error(\"disk {} is full; free it\", a);",
                        "- ERROR `disk <name> is full`\n\n- ERROR free it"));
    }

    @Test
    void aMessageOfAnotherLevelIsFound() {
        assertEquals(List.of(false), documented("log.error(\"disk {} is full\", a);", "- WARN `disk <name> is full`"));
    }

    @Test
    void aMessageWithoutAnyTextIsFound() {
        assertEquals(List.of(new Message(1, "WARN", List.of())), LogMessages.in("LOG.warn(text);"));
    }

    @Test
    void aMessageMayBeBrokenOverLinesOfThePage() {
        assertEquals(
                List.of(true),
                documented(
                        "LOG.warn(\"disk {} is full: `df` shows it\", a);",
                        "Disks.\n\n- WARN `disk <name> is\n  full: ``df`` shows it`\n  Make room.\n- WARN `else`"));
    }

    @Test
    void whatIsComplainedOfIsAMessageToo() {
        assertEquals(
                List.of(new Message(1, "WARN", List.of("no", "here"))),
                LogMessages.in("complain(name, \"no \" + name + \" here\"); void complain(String a) { LOG.warn(a); }"));
    }

    private static List<Boolean> documented(String source, String page) {
        List<String> paragraphs = LogMessages.paragraphs("\n" + page);
        return LogMessages.in(source).stream()
                .map(message -> message.isIn(paragraphs))
                .toList();
    }
}
