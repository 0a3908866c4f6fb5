package io.slipway.loader.ipxe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How iPXE reads a script (ipxe {@code src/image/script.c}, {@code src/core/exec.c}, {@code src/core/settings.c}):
 * joins lines, cuts them at blanks, finds the ends of commands, expands settings word by word, and obeys
 * {@code goto} and {@code exit}. Every command succeeds but those that it is told.
 */
final class IpxeModel {

    private static final int MOST_COMMANDS = 200;

    private final List<String> lines;
    private final Map<String, String> settings;
    private final Set<String> failing;
    private final List<List<String>> commands = new ArrayList<>();
    private int next;
    private boolean ended;

    private IpxeModel(String script, Map<String, String> settings, Set<String> failing) {
        this.lines = List.of(script.replace("\r", "").replace("\\\n", "").split("\n"));
        this.settings = settings;
        this.failing = failing;
    }

    /**
     * The commands that were run, each with its words.
     *
     * @param settings what is set; {@code blank:string} is known
     * @param failing names of commands that fail
     */
    static List<List<String>> run(String script, Map<String, String> settings, String... failing) {
        IpxeModel model = new IpxeModel(script, settings, new HashSet<>(List.of(failing)));
        while (!model.ended && model.next < model.lines.size() && model.commands.size() < MOST_COMMANDS) {
            model.line(model.lines.get(model.next++));
        }
        return model.commands;
    }

    private void line(String text) {
        List<String> words = words(text);
        if (!words.isEmpty() && words.get(0).startsWith(":")) {
            words = words.subList(1, words.size());
        }
        int at = next;
        boolean process = true;
        int from = 0;
        boolean ok = true;
        for (int i = 0; i <= words.size(); i++) {
            String word = i < words.size() ? words.get(i) : "#";
            boolean isEnd = word.startsWith("#");
            if (!isEnd && !word.equals("||") && !word.equals("&&") && !word.equals(";")) {
                continue;
            }
            if (process) {
                ok = command(words.subList(from, i));
            }
            if (isEnd || ended || next != at) {
                break;
            }
            process = word.equals(";") || ok == word.equals("&&");
            from = i + 1;
        }
        // A line that fails ends the script.
        ended |= !ok;
    }

    private boolean command(List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        List<String> argv = words.stream().map(this::expanded).toList();
        commands.add(argv);
        if (argv.get(0).equals("goto")) {
            for (int i = 0; i < lines.size(); i++) {
                List<String> label = words(lines.get(i));
                if (!label.isEmpty() && label.get(0).equals(":" + argv.get(1))) {
                    next = i;
                    return true;
                }
            }
            return false;
        }
        ended |= argv.get(0).equals("exit") || (argv.get(0).equals("boot") && !failing.contains("boot"));
        return argv.get(0).equals("iseq") ? argv.get(1).equals(argv.get(2)) : !failing.contains(argv.get(0));
    }

    private String expanded(String word) {
        String text = word;
        while (true) {
            int start = -1;
            int end = -1;
            for (int i = 0; i < text.length() && end < 0; i++) {
                if (text.startsWith("${", i)) {
                    start = i;
                }
                end = start >= 0 && text.charAt(i) == '}' ? i : -1;
            }
            if (end < 0) {
                return text;
            }
            String name = text.substring(start + 2, end);
            String value = name.equals("blank:string") ? " " : settings.getOrDefault(name, "");
            text = text.substring(0, start) + value + text.substring(end + 1);
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>(List.of(line.split("[ \t\f\u000b]+")));
        words.removeIf(String::isEmpty);
        return words;
    }
}
