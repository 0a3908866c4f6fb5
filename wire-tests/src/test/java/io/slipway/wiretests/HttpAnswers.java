package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers that came on one connection.
 *
 * @param isClosed whether the server has closed it after them
 */
record HttpAnswers(List<Answer> all, boolean isClosed) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) [ -~]*");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z-]+): ([ -~]*)");

    /** @param fields by lower-case name */
    record Answer(int status, Map<String, String> fields, String body) {}

    /** Whether an answer begins there. */
    static boolean isHead(byte[] bytes, int at) {
        return new String(bytes, at, Math.min(9, bytes.length - at), StandardCharsets.ISO_8859_1).equals("HTTP/1.1 ");
    }

    /**
     * Reads whole answers, one to each request, as RFC 9112 has them. Fails the test for anything else.
     *
     * @param methods of the requests: an answer to HEAD has no body (RFC 9110 section 9.3.2)
     */
    static HttpAnswers parse(byte[] bytes, List<String> methods, boolean isClosed) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Answer> all = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf("\r\n\r\n", at);
            assertTrue(end >= 0, () -> "no end of a head in " + text);
            assertTrue(all.size() < methods.size(), () -> "an answer that nobody asked for: " + text);
            String[] lines = text.substring(at, end).split("\r\n", -1);
            Matcher status = STATUS_LINE.matcher(lines[0]);
            assertTrue(status.matches(), lines[0]);
            Map<String, String> fields = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                Matcher field = FIELD.matcher(lines[i]);
                assertTrue(field.matches(), lines[i]);
                String before = fields.put(field.group(1).toLowerCase(Locale.ROOT), field.group(2));
                assertEquals(null, before, () -> field.group(1) + " comes twice");
            }
            int code = Integer.parseInt(status.group(1));
            boolean hasBody = !methods.get(all.size()).equals("HEAD") && code != 304;
            int length = hasBody ? Integer.parseInt(fields.getOrDefault("content-length", "-1")) : 0;
            int from = end + 4;
            assertTrue(length >= 0 && from + length <= text.length(), () -> "not the length that it says: " + text);
            all.add(new Answer(code, fields, text.substring(from, from + length)));
            at = from + length;
            assertFalse("close".equals(fields.get("connection")) && at < text.length(), "more after the last answer");
        }
        return new HttpAnswers(all, isClosed);
    }
}
