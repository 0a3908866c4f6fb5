package io.slipway.boot.policy;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Lets pass only what a configuration may hold: no deep nesting, on which the composer would recurse until the stack
 * is full, and no tags but those of YAML 1.2's JSON schema (section 10.2).
 */
final class GuardedParser implements Parser {

    /** A configuration needs 5. */
    static final int MAX_DEPTH = 16;

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, new Tag("!"));

    private final Parser parser;
    private int depth;

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
        if (event instanceof CollectionStartEvent start) {
            requirePlainTag(start.getTag(), event.getStartMark());
            if (++depth > MAX_DEPTH) {
                throw refused("nested more than " + MAX_DEPTH + " deep", event.getStartMark());
            }
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof ScalarEvent scalar) {
            requirePlainTag(scalar.getTag(), event.getStartMark());
        }
        return event;
    }

    private static void requirePlainTag(Optional<String> tag, Optional<Mark> at) {
        if (tag.isPresent() && !TAGS.contains(new Tag(tag.get()))) {
            throw refused("tag '" + tag.get() + "' is not allowed; leave it out", at);
        }
    }

    private static ParserException refused(String reason, Optional<Mark> at) {
        return new ParserException(reason, at);
    }
}
