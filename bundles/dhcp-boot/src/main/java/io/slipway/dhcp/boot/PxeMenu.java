package io.slipway.dhcp.boot;

import io.slipway.boot.BootDecision;
import io.slipway.boot.BootEntry;
import io.slipway.boot.BootMenu;
import io.slipway.boot.BootPlan;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A boot menu as firmware shows it (PXE 2.1 section 2.4, table 2-1). Each entry is a boot item, and for each of them
 * this server is the boot server.
 */
record PxeMenu(BootMenu menu) {

    private static final int DISCOVERY_CONTROL = 6;
    private static final int BOOT_SERVERS = 8;
    private static final int BOOT_MENU = 9;
    private static final int MENU_PROMPT = 10;
    private static final int BOOT_ITEM = 71;
    private static final int END = 255;

    /** No broadcast, no multicast, only the servers of the list, which are asked by unicast on port 4011. */
    private static final int BY_LIST = 7;

    /** Type 0 is the next boot device; those from 0x8000 on belong to vendors. */
    private static final int LOCAL_BOOT = 0;

    private static final int FIRST_TYPE = 0x8000;

    /** Option 43 must not be split: firmware knows nothing of RFC 3396. */
    private static final int MOST_BYTES = 255;

    private static final int MOST_ENTRIES = 9;
    private static final int LONGEST_TIMEOUT = 254;
    private static final String PROMPT = "F8 shows the boot menu";

    /** What is spent on an entry beside its text: type, count and address of its server, type and length of its text. */
    private static final int BYTES_PER_ENTRY = 10;

    /** Lengths and codes of the four suboptions, the control's byte, the timeout, the end. */
    private static final int OTHER_BYTES = 3 + 2 + 2 + 3 + PROMPT.length() + 1;

    /** What a client chose: the layer is echoed. */
    record Item(int type, int layer) {}

    /** The menu of a plan; empty when there is nothing to choose. */
    static Optional<PxeMenu> of(BootPlan plan) {
        return plan.decision() instanceof BootDecision.Netboot netboot
                ? Optional.of(new PxeMenu(netboot.menu()))
                : Optional.empty();
    }

    /** The item that a client asks for (suboption 71), if it does. */
    static Optional<Item> asked(DhcpMessage request) {
        return request.bytes(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS.code()).flatMap(PxeMenu::asked);
    }

    static Optional<Item> asked(byte[] vendorOptions) {
        int at = 0;
        while (at + 1 < vendorOptions.length && (vendorOptions[at] & 0xff) != END) {
            int code = vendorOptions[at] & 0xff;
            int length = code == 0 ? -1 : vendorOptions[at + 1] & 0xff;
            if (code == BOOT_ITEM && length >= 2 && at + 2 + length <= vendorOptions.length) {
                int layer = length >= 4 ? word(vendorOptions, at + 4) : 0;
                return Optional.of(new Item(word(vendorOptions, at + 2), layer));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /** Suboption 71 of the reply: what was asked for is what is given. */
    static byte[] answer(Item item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeItem(bytes, item);
        bytes.write(END);
        return bytes.toByteArray();
    }

    private static void writeItem(ByteArrayOutputStream bytes, Item item) {
        bytes.write(BOOT_ITEM);
        bytes.write(4);
        writeWord(bytes, item.type());
        writeWord(bytes, item.layer());
    }

    /** The entry of an item; type 0 of a client that does not want to choose is the default. */
    Optional<BootEntry> entry(Item item) {
        int index = item.type() - FIRST_TYPE;
        if (item.type() == LOCAL_BOOT) {
            return Optional.of(menu.defaultEntry());
        }
        return index >= 0 && index < menu.entries().size()
                ? Optional.of(menu.entries().get(index)).filter(entry -> !(entry instanceof BootEntry.LocalBoot))
                : Optional.empty();
    }

    /** Option 43 that has the firmware show the menu. What does not fit is left out, from the end. */
    byte[] vendorOptions(Inet4Address server) {
        List<BootEntry> shown = shown();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, DISCOVERY_CONTROL, new byte[] {BY_LIST});
        write(bytes, BOOT_SERVERS, servers(shown, server));
        write(bytes, BOOT_MENU, entries(shown));
        ByteArrayOutputStream prompt = new ByteArrayOutputStream();
        prompt.write((int) Math.min(menu.timeout().toSeconds(), LONGEST_TIMEOUT));
        prompt.writeBytes(PROMPT.getBytes(StandardCharsets.US_ASCII));
        write(bytes, MENU_PROMPT, prompt.toByteArray());
        bytes.write(END);
        return bytes.toByteArray();
    }

    /** The default first: it is the one that boots when the prompt times out. */
    private List<BootEntry> shown() {
        List<BootEntry> order = new ArrayList<>(List.of(menu.defaultEntry()));
        menu.entries().stream().filter(entry -> !order.contains(entry)).forEach(order::add);
        return order.subList(0, Math.min(order.size(), MOST_ENTRIES));
    }

    private byte[] servers(List<BootEntry> shown, Inet4Address server) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (BootEntry entry : shown) {
            writeWord(bytes, type(entry));
            if (type(entry) == LOCAL_BOOT) {
                bytes.write(0);
            } else {
                bytes.write(1);
                bytes.writeBytes(server.getAddress());
            }
        }
        return bytes.toByteArray();
    }

    private byte[] entries(List<BootEntry> shown) {
        int longest = (MOST_BYTES - OTHER_BYTES) / shown.size() - BYTES_PER_ENTRY;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (BootEntry entry : shown) {
            String text = entry.label().replaceAll("[^ -~]", "?");
            byte[] label = text.substring(0, Math.min(text.length(), longest)).getBytes(StandardCharsets.US_ASCII);
            writeWord(bytes, type(entry));
            bytes.write(label.length);
            bytes.writeBytes(label);
        }
        return bytes.toByteArray();
    }

    private int type(BootEntry entry) {
        return entry instanceof BootEntry.LocalBoot
                ? LOCAL_BOOT
                : FIRST_TYPE + menu.entries().indexOf(entry);
    }

    private static void write(ByteArrayOutputStream bytes, int code, byte[] value) {
        bytes.write(code);
        bytes.write(value.length);
        bytes.writeBytes(value);
    }

    private static void writeWord(ByteArrayOutputStream bytes, int value) {
        bytes.write(value >>> 8);
        bytes.write(value);
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
}
