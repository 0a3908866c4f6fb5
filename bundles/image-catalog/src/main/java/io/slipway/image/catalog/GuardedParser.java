package io.slipway.image.catalog;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Lets pass only what a file of the catalogue may hold: no aliases, which could repeat a text until the memory is full; no
 * deep nesting, on which the composer recurses; no more values than fit the memory; and no tags but those of YAML 1.2's
 * JSON schema (section 10.2).
 */
final class GuardedParser implements Parser {

    /** An entry needs 6. */
    static final int DEEPEST = 12;

    static final int MAX_VALUES = 50_000;

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, new Tag("!"));

    private final Parser parser;
    private int depth;
    private int values;

    GuardedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof AliasEvent) {
            throw refused("an alias; write out what it stands for, or put a text that begins with * in quotes", event);
        }
        if (event instanceof NodeEvent && ++values > MAX_VALUES) {
            throw refused("more than " + MAX_VALUES + " values; spread them over several files", event);
        }
        if (event instanceof CollectionStartEvent start) {
            requirePlain(start.getTag(), event);
            if (++depth > DEEPEST) {
                throw refused("nested more than " + DEEPEST + " deep", event);
            }
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof ScalarEvent scalar) {
            requirePlain(scalar.getTag(), event);
        }
        return event;
    }

    private static void requirePlain(Optional<String> tag, Event event) {
        if (tag.isPresent() && !TAGS.contains(new Tag(tag.get()))) {
            throw refused("tag '" + tag.get() + "'; leave it out", event);
        }
    }

    private static ParserException refused(String reason, Event event) {
        Optional<Mark> place = event.getStartMark();
        return new ParserException(reason, place);
    }
}
