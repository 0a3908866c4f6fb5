package io.slipway.boot.policy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * A value of a YAML file that knows where it is written. It is read as what the caller expects; no object is ever made
 * from what the file says.
 */
record YamlValue(String file, Node node) {

    /** Aliases of lists and mappings; each repeats all that it stands for. */
    static final int MAX_ALIASES = 10;

    /**
     * Keys, texts, lists and mappings, of all files together, but of each file alone that holds nothing but machines. A
     * group takes about 8, a machine about 12.
     */
    static final int MAX_VALUES = 150_000;

    /** Of one text, in characters: the patterns that look into it take time, and stack, by its length. */
    private static final int MAX_TEXT = 8192;

    /**
     * The one document of a file; empty when there are only comments.
     *
     * @param valuesLeft how many values may still come
     */
    static Optional<YamlValue> parse(SourceFile file, AtomicInteger valuesLeft) throws PolicyException {
        String text = file.text();
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.name())
                .setSchema(new JsonSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(SourceFile.MAX_BYTES)
                .build();
        try {
            StreamReader characters = new StreamReader(settings, new StringReader(text));
            Composer composer =
                    new Composer(settings, new GuardedParser(new ParserImpl(settings, characters), valuesLeft));
            return composer.getSingleNode().map(node -> new YamlValue(file.name(), node));
        } catch (MarkedYamlEngineException e) {
            throw new PolicyException(
                    Place.of(file.name(), e.getProblemMark().or(e::getContextMark)), YamlComplaint.of(e));
        } catch (ReaderException e) {
            throw new PolicyException(
                    Place.of(file.name(), text, e.getPosition()), "a character that YAML does not allow");
        } catch (YamlEngineException e) {
            throw new PolicyException(Place.of(file.name()), YamlComplaint.of(e));
        }
    }

    Place place() {
        return Place.of(file, node.getStartMark());
    }

    PolicyException refuse(String reason) {
        return new PolicyException(place(), reason);
    }

    /** Nothing is written after the key. */
    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /** @param what for the message: what is expected here */
    String text(String what) throws PolicyException {
        if (!(node instanceof ScalarNode scalar)) {
            throw refuse("expected " + what + ", not " + kind());
        }
        if (isNothing()) {
            throw refuse("expected " + what + ", but there is nothing");
        }
        if (scalar.getValue().length() > MAX_TEXT) {
            throw refuse("expected " + what + " of at most " + MAX_TEXT + " characters, not of "
                    + scalar.getValue().length());
        }
        if (scalar.getValue().chars().anyMatch(Character::isISOControl)) {
            throw refuse("expected " + what + " on one line, without control characters");
        }
        return scalar.getValue();
    }

    /** True or false, written so. */
    boolean flag(String what) throws PolicyException {
        String text = text(what);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refuse("expected " + what + ", not '" + text + "'");
        };
    }

    /** The items of a list; a single value is a list of one. */
    List<YamlValue> items() {
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(this);
        }
        return sequence.getValue().stream()
                .map(item -> new YamlValue(file, item))
                .toList();
    }

    /** The texts of a list; a single text is a list of one. */
    List<String> texts(String what) throws PolicyException {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items()) {
            texts.add(item.text(what));
        }
        return texts;
    }

    /** A mapping of these keys only. */
    YamlMapping mapping(String what, Set<String> keys) throws PolicyException {
        YamlMapping mapping = mapping(what);
        mapping.requireKnown(keys);
        return mapping;
    }

    /** A mapping of names that the administrator chooses. */
    YamlMapping mapping(String what) throws PolicyException {
        if (!(node instanceof MappingNode entries)) {
            throw refuse("expected " + what + ", not " + (isNothing() ? "nothing" : kind()));
        }
        return YamlMapping.of(this, entries);
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case MAPPING -> "a mapping";
            case SEQUENCE -> "a list";
            default -> "the text '" + YamlComplaint.shorten(((ScalarNode) node).getValue()) + "'";
        };
    }
}
