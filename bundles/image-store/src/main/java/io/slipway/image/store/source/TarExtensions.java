package io.slipway.image.store.source;

import java.time.Instant;
import java.util.Arrays;

/**
 * What stands before an entry and says more of it than its header can: extended headers (POSIX.1-2017, pax), and the long
 * names of GNU tar, which are the contents of entries of type L and K.
 */
final class TarExtensions {

    private final PaxRecords global;
    private final PaxRecords pax;
    private byte[] longName = {};
    private byte[] longLinkName = {};

    /** @param global what the archive says of all further entries; more is added to it */
    TarExtensions(PaxRecords global) {
        this.global = global;
        this.pax = new PaxRecords(global);
    }

    /** Whether entries of a type say something of other entries. */
    static boolean isExtension(char type) {
        return switch (type) {
            // X is what Solaris wrote before pax was a standard; A holds its access lists; V is GNU tar's label.
            case 'x', 'g', 'X', 'L', 'K', 'A', 'V' -> true;
            default -> false;
        };
    }

    /** @throws TarFault says what is not as POSIX has it */
    void add(char type, byte[] content) throws TarFault {
        switch (type) {
            case 'x', 'X' -> pax.add(content);
            case 'g' -> {
                global.add(content);
                pax.add(content);
            }
            case 'L' -> longName = untilNul(content);
            case 'K' -> longLinkName = untilNul(content);
            default -> {
                // Access lists and labels are nothing to a boot file.
            }
        }
    }

    boolean isSparse() {
        return pax.isSparse();
    }

    byte[] name(TarHeader header) {
        return said(PaxRecords.PATH, longName, header.name());
    }

    byte[] linkName(TarHeader header) {
        return said(PaxRecords.LINK_PATH, longLinkName, header.linkName());
    }

    long size(TarHeader header) throws TarFault {
        return pax.size(header);
    }

    Instant modified(TarHeader header) throws TarFault {
        return pax.modified(header);
    }

    private byte[] said(String keyword, byte[] gnu, byte[] header) {
        return pax.value(keyword).orElse(gnu.length > 0 ? gnu : header);
    }

    private static byte[] untilNul(byte[] name) {
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return Arrays.copyOf(name, end);
    }
}
