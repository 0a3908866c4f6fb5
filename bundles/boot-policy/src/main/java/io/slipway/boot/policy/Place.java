package io.slipway.boot.policy;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Where something is written.
 *
 * @param file the file's name, without its folder
 * @param line from 1; 0 when the file as a whole is meant
 * @param column in characters, from 1; 0 when the file as a whole is meant
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

    public Place {
        Objects.requireNonNull(file, "file");
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("place at line " + line + ", column " + column);
        }
    }

    static Place of(String file) {
        return new Place(file, 0, 0);
    }

    /** The place of a parser's mark, which counts from 0. */
    static Place of(String file, Optional<Mark> mark) {
        return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> of(file));
    }

    /** The place of a character (in code points, from 0) of a text. */
    static Place of(String file, String text, int codePoints) {
        int line = 1;
        int column = 1;
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            boolean breaks = text.charAt(i) == '\n';
            line += breaks ? 1 : 0;
            column = breaks ? 1 : column + 1;
        }
        return new Place(file, line, column);
    }

    @Override
    public int compareTo(Place other) {
        return Comparator.comparing(Place::file)
                .thenComparingInt(Place::line)
                .thenComparingInt(Place::column)
                .compare(this, other);
    }

    /** {@code lab.yaml:12}, for a person who wants to find it. */
    public String fileAndLine() {
        return line == 0 ? file : file + ":" + line;
    }

    /** {@code lab.yaml:12:3}. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
