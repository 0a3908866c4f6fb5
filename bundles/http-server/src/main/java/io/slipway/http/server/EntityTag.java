package io.slipway.http.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one content of a file (RFC 9110 section 8.8.3).
 *
 * @param opaque what stands between the quotes
 * @param isWeak whether another content could have the same tag, so that parts of both must not be put together
 */
record EntityTag(String opaque, boolean isWeak) {

    private static final Pattern OPAQUE = Pattern.compile("[\\x21\\x23-\\x7e]+");
    /** One member of a list, and the comma after it. */
    private static final Pattern MEMBER =
            Pattern.compile("[ \\t,]*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(?:,|$)");

    EntityTag {
        if (!OPAQUE.matcher(opaque).matches()) {
            throw new IllegalArgumentException("entity tag '" + opaque + "'; expected visible ASCII without quotes");
        }
    }

    /** The strong tag of these bytes, in the form of OCI's digests. */
    static EntityTag of(byte[] content) {
        return new EntityTag("sha256:" + sha256(content), false);
    }

    /** A tag from what the file system says, which is hashed, for it is nobody's business. */
    static EntityTag ofFacts(String facts, boolean isWeak) {
        return new EntityTag(sha256(facts.getBytes(StandardCharsets.UTF_8)).substring(0, 32), isWeak);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Whether a list of tags has this one or is {@code *}. What follows a member that is none is not looked at.
     *
     * @param fields the values of all header lines of that name
     * @param strong whether neither may be weak (RFC 9110 section 8.8.3.2)
     */
    boolean isIn(List<String> fields, boolean strong) {
        for (String field : fields) {
            if (field.strip().equals("*")) {
                return true;
            }
            Matcher member = MEMBER.matcher(field);
            while (member.lookingAt()) {
                if (member.group(2).equals(opaque) && !(strong && (isWeak || member.group(1) != null))) {
                    return true;
                }
                member.region(member.end(), field.length());
            }
        }
        return false;
    }

    /** As it stands in a header. */
    @Override
    public String toString() {
        return (isWeak ? "W/\"" : "\"") + opaque + '"';
    }
}
