package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** A value of a YAML file that knows its line. It is read as what the caller expects; no object is made of it. */
record YamlValue(String file, Node node) {

    /** The largest file, in bytes. */
    static final int LARGEST = 1 << 20;

    private static final int LONGEST_TEXT = 2048;
    private static final int LONGEST_QUOTE = 60;

    /** The one document of a file; empty when there are only comments. */
    static Optional<YamlValue> parse(String file, byte[] bytes) throws RefusedFileException {
        if (bytes.length > LARGEST) {
            throw new RefusedFileException(new Problem(file, 0, "larger than 1 MiB; spread it over several files"));
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new JsonSchema())
                .setCodePointLimit(LARGEST)
                .build();
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            StreamReader characters = new StreamReader(settings, new StringReader(text));
            Composer composer = new Composer(settings, new GuardedParser(new ParserImpl(settings, characters)));
            return composer.getSingleNode().map(node -> new YamlValue(file, node));
        } catch (CharacterCodingException e) {
            throw new RefusedFileException(new Problem(file, 0, "not UTF-8 text; save the file in UTF-8"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
            throw new RefusedFileException(new Problem(file, line, complaint(e)));
        } catch (YamlEngineException e) {
            throw new RefusedFileException(new Problem(file, 0, String.valueOf(e.getMessage())));
        }
    }

    /** At the place of this value. */
    RefusedFileException refuse(String reason) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new RefusedFileException(new Problem(file, line, reason));
    }

    /** @param what for the message: what is expected here */
    String text(String what) throws RefusedFileException {
        if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
            throw refuse("expected " + what + ", not " + kind());
        }
        String text = scalar.getValue();
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw refuse("expected " + what + " on one line, of at most " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    boolean flag() throws RefusedFileException {
        String text = text("true or false");
        if (!text.equals("true") && !text.equals("false")) {
            throw refuse("expected true or false, not '" + Problem.shorten(text, LONGEST_QUOTE) + "'");
        }
        return text.equals("true");
    }

    List<YamlValue> items(String what) throws RefusedFileException {
        if (!(node instanceof SequenceNode sequence)) {
            throw refuse("expected " + what + ", not " + kind());
        }
        return sequence.getValue().stream()
                .map(item -> new YamlValue(file, item))
                .toList();
    }

    /** A mapping of these keys only. */
    Map<String, YamlValue> mapping(String what, Set<String> keys) throws RefusedFileException {
        Map<String, YamlValue> mapping = mapping(what);
        for (Map.Entry<String, YamlValue> entry : mapping.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw entry.getValue()
                        .refuse("unknown key '" + Problem.shorten(entry.getKey(), LONGEST_QUOTE) + "'; expected one of "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
        }
        return mapping;
    }

    /** A mapping of names that whoever wrote it has chosen, in their order. */
    Map<String, YamlValue> mapping(String what) throws RefusedFileException {
        if (!(node instanceof MappingNode entries)) {
            throw refuse("expected " + what + ", not " + kind());
        }
        Map<String, YamlValue> mapping = new LinkedHashMap<>();
        for (NodeTuple tuple : entries.getValue()) {
            YamlValue key = new YamlValue(file, tuple.getKeyNode());
            String name = key.text("a key");
            if (mapping.putIfAbsent(name, new YamlValue(file, tuple.getValueNode())) != null) {
                throw key.refuse("'" + Problem.shorten(name, LONGEST_QUOTE) + "' is here twice");
            }
        }
        return mapping;
    }

    /** The value of a key of this mapping that must be there. */
    YamlValue get(Map<String, YamlValue> mapping, String key) throws RefusedFileException {
        Optional<YamlValue> found = Optional.ofNullable(mapping.get(key));
        return found.orElseThrow(() -> refuse("'" + key + "' is missing"));
    }

    /** The texts of a list, or one text. */
    List<String> texts(String what) throws RefusedFileException {
        if (!(node instanceof SequenceNode)) {
            return List.of(text(what));
        }
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items(what)) {
            texts.add(item.text(what));
        }
        return texts;
    }

    boolean isText() {
        return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
    }

    private String kind() {
        return switch (node.getNodeType()) {
            case MAPPING -> "a mapping";
            case SEQUENCE -> "a list";
            default ->
                node.getTag().equals(Tag.NULL)
                        ? "nothing"
                        : "the text '" + Problem.shorten(((ScalarNode) node).getValue(), LONGEST_QUOTE) + "'";
        };
    }

    private static String complaint(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext();
        String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
        if (problem.contains("'\\t(TAB)'")) {
            return "a tab; indent with blanks";
        }
        return context.isEmpty() ? problem : problem + " " + context;
    }
}
