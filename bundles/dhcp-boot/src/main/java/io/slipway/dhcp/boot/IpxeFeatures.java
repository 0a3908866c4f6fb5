package io.slipway.dhcp.boot;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What iPXE says it can: encapsulated options of option 175, each a feature with its version (ipxe
 * {@code src/include/ipxe/features.h}; names as there, in lower case).
 */
final class IpxeFeatures {

    private static final Map<Integer, String> TABLE = Map.ofEntries(
            Map.entry(0x10, "pxe-ext"),
            Map.entry(0x11, "iscsi"),
            Map.entry(0x12, "aoe"),
            Map.entry(0x13, "http"),
            Map.entry(0x14, "https"),
            Map.entry(0x15, "tftp"),
            Map.entry(0x16, "ftp"),
            Map.entry(0x17, "dns"),
            Map.entry(0x18, "bzimage"),
            Map.entry(0x19, "multiboot"),
            Map.entry(0x1a, "slam"),
            Map.entry(0x1b, "srp"),
            Map.entry(0x20, "nbi"),
            Map.entry(0x21, "pxe"),
            Map.entry(0x22, "elf"),
            Map.entry(0x23, "comboot"),
            Map.entry(0x24, "efi"),
            Map.entry(0x25, "fcoe"),
            Map.entry(0x26, "vlan"),
            Map.entry(0x27, "menu"),
            Map.entry(0x28, "sdi"),
            Map.entry(0x29, "nfs"));

    private static final int PAD = 0;
    private static final int END = 255;

    private IpxeFeatures() {}

    /** The features that are known by name; what is cut short, empty or unknown says nothing. */
    static Set<String> parse(byte[] option) {
        Set<String> features = new TreeSet<>();
        int at = 0;
        while (at < option.length && (option[at] & 0xff) != END) {
            int tag = option[at++] & 0xff;
            if (tag == PAD) {
                continue;
            }
            int length = at < option.length ? option[at++] & 0xff : END;
            if (length > option.length - at) {
                break;
            }
            if (length > 0 && TABLE.containsKey(tag)) {
                features.add(TABLE.get(tag));
            }
            at += length;
        }
        return features;
    }
}
