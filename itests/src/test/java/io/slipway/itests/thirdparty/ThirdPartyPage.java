package io.slipway.itests.thirdparty;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The table of {@code docs/third-party.md}.
 *
 * @param before the text above its rows
 * @param rows by {@code name version}
 * @param after the text below
 */
record ThirdPartyPage(String before, Map<String, Row> rows, String after) {

    private static final String RULE = "|---|---|---|---|\n";

    /**
     * @param licence its name at SPDX
     * @param use features, or a folder
     */
    record Row(String name, String version, String licence, String use) {

        String key() {
            return name + " " + version;
        }

        private static Row parse(String line) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (cells.size() != 5) {
                throw new IllegalArgumentException(line + "; expected | name | version | licence | use |");
            }
            return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
        }

        /** One jar that is in two places. */
        private Row joined(Row other) {
            return new Row(name, version, licence, use.equals(other.use) ? use : use + "; " + other.use);
        }

        @Override
        public String toString() {
            return "| %s | %s | %s | %s |".formatted(name, version, licence, use);
        }
    }

    static ThirdPartyPage parse(String text) {
        int start = text.indexOf(RULE) + RULE.length();
        if (start < RULE.length()) {
            throw new IllegalArgumentException("docs/third-party.md has no table of four columns");
        }
        int end = text.indexOf("\n\n", start - 1);
        String table = text.substring(start, Math.max(start, end < 0 ? text.length() : end + 1));
        return new ThirdPartyPage(
                text.substring(0, start),
                table.lines().map(Row::parse).collect(byKey()),
                text.substring(start + table.length()));
    }

    ThirdPartyPage with(List<Row> shipped) {
        return new ThirdPartyPage(before, shipped.stream().collect(byKey()), after);
    }

    @Override
    public String toString() {
        return before + rows.values().stream().map(row -> row + "\n").collect(Collectors.joining()) + after;
    }

    private static Collector<Row, ?, Map<String, Row>> byKey() {
        return Collectors.toMap(Row::key, row -> row, Row::joined, LinkedHashMap::new);
    }
}
