package io.slipway.boot.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakeyaml.engine.v2.common.Anchor;
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
 * Lets pass only what a configuration may hold: no deep nesting, on which the composer would recurse until the stack
 * is full; no text that aliases repeat until the memory is full (the composer counts only those of lists and
 * mappings); no more values than fit the memory (one takes two bytes of a file and 200 of the heap); and no tags but
 * those of YAML 1.2's JSON schema (section 10.2).
 */
final class GuardedParser implements Parser {

    /** A configuration needs 5. */
    static final int MAX_DEPTH = 16;

    /** Of all that aliases of texts stand for, in characters: as much as a file can hold without them. */
    static final int MAX_REPEATED = SourceFile.MAX_BYTES;

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, new Tag("!"));

    private final Parser parser;
    private final AtomicInteger valuesLeft;
    private final Map<Anchor, Integer> lengths = new HashMap<>();
    private int depth;
    private int repeated;

    /** @param valuesLeft how many values may still come, of this file and of those after it */
    GuardedParser(Parser parser, AtomicInteger valuesLeft) {
        this.parser = parser;
        this.valuesLeft = valuesLeft;
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
        if (event instanceof NodeEvent && valuesLeft.decrementAndGet() < 0) {
            throw refused("more than " + YamlValue.MAX_VALUES + " values in all files together", event.getStartMark());
        }
        if (event instanceof CollectionStartEvent start) {
            requirePlainTag(start.getTag(), event.getStartMark());
            if (++depth > MAX_DEPTH) {
                throw refused("nested more than " + MAX_DEPTH + " deep", event.getStartMark());
            }
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof ScalarEvent scalar) {
            requirePlainTag(scalar.getTag(), event.getStartMark());
            scalar.getAnchor()
                    .ifPresent(anchor -> lengths.put(anchor, scalar.getValue().length()));
        } else if (event instanceof AliasEvent alias) {
            // Each is at most a file's length, so that the sum cannot overflow.
            repeated += lengths.getOrDefault(alias.getAlias(), 0);
            if (repeated > MAX_REPEATED) {
                throw refused(
                        "aliases repeat more than " + MAX_REPEATED + " characters; write them out",
                        event.getStartMark());
            }
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
