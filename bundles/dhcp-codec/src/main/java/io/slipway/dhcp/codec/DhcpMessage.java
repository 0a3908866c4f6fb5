package io.slipway.dhcp.codec;

import io.netty.handler.codec.DecoderException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A BOOTP or DHCP message (RFC 2131 section 2). Immutable. Options that are not in the table stay bytes. */
public final class DhcpMessage {

    public static final int BOOTREQUEST = 1;
    public static final int BOOTREPLY = 2;

    /** Hardware type of Ethernet. */
    public static final int ETHERNET = 1;

    /** The most bytes of {@code chaddr}. */
    public static final int MAX_HARDWARE_ADDRESS = 16;

    private static final int BROADCAST_FLAG = 0x8000;

    private final Builder fields;

    private DhcpMessage(Builder fields) {
        this.fields = fields;
    }

    /** {@link #BOOTREQUEST} or {@link #BOOTREPLY}. */
    public int op() {
        return fields.op;
    }

    public int hardwareType() {
        return fields.hardwareType;
    }

    /** {@code chaddr}, as long as {@code hlen} says: 0 to 16 bytes. */
    public byte[] hardwareAddress() {
        return fields.hardwareAddress.clone();
    }

    public int hops() {
        return fields.hops;
    }

    public int xid() {
        return fields.xid;
    }

    /** {@code secs}, 0 to 65535. */
    public int seconds() {
        return fields.seconds;
    }

    public int flags() {
        return fields.flags;
    }

    /** Whether the client cannot take unicast yet (RFC 2131 section 4.1). */
    public boolean isBroadcast() {
        return (fields.flags & BROADCAST_FLAG) != 0;
    }

    public Inet4Address clientAddress() {
        return fields.clientAddress;
    }

    public Inet4Address yourAddress() {
        return fields.yourAddress;
    }

    public Inet4Address nextServer() {
        return fields.nextServer;
    }

    public Inet4Address relayAddress() {
        return fields.relayAddress;
    }

    /** {@code sname} without its padding. */
    public String serverName() {
        return fields.serverName;
    }

    /** {@code file} without its padding. */
    public String bootFile() {
        return fields.bootFile;
    }

    /** Option 53; empty for BOOTP and for a type that RFC 2132 does not name. */
    public Optional<DhcpMessageType> type() {
        return option(DhcpOptions.DHCP_MESSAGE_TYPE).flatMap(DhcpMessageType::of);
    }

    /**
     * The value of an option.
     *
     * @throws DecoderException when the option is there but its bytes are not of its type
     */
    public <T> Optional<T> option(DhcpOption<T> option) {
        byte[] bytes = fields.options.get(option.code());
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(option.type().decode().apply(bytes));
        } catch (DecoderException e) {
            throw new DecoderException("option " + option + ": " + e.getMessage(), e);
        }
    }

    /** The bytes of an option; of several with one code, joined (RFC 3396). */
    public Optional<byte[]> bytes(int code) {
        byte[] bytes = fields.options.get(code);
        return bytes == null ? Optional.empty() : Optional.of(bytes.clone());
    }

    /** Whether the parameter request list (option 55) asks for an option. */
    public boolean asksFor(DhcpOption<?> option) {
        return asksFor(option.code());
    }

    /** Whether the parameter request list (option 55) asks for the option of a code. */
    public boolean asksFor(int code) {
        byte[] list = fields.options.get(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST.code());
        for (int i = 0; list != null && i < list.length; i++) {
            if ((list[i] & 0xff) == code) {
                return true;
            }
        }
        return false;
    }

    /** Every option's bytes; not to be changed. */
    OptionBytes options() {
        return fields.options;
    }

    /** A builder that starts from this message. */
    public Builder toBuilder() {
        return new Builder(fields);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A reply to a request: op, htype, chaddr, xid, flags and giaddr are filled in (RFC 2131 table 3). */
    public static Builder replyTo(DhcpMessage request) {
        return builder()
                .op(BOOTREPLY)
                .hardware(request.hardwareType(), request.hardwareAddress())
                .xid(request.xid())
                .flags(request.flags())
                .relayAddress(request.relayAddress());
    }

    /** Whether every field and every option's bytes are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpMessage message && facts().equals(message.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    private List<Object> facts() {
        return List.of(
                fields.op,
                fields.hardwareType,
                ByteBuffer.wrap(fields.hardwareAddress),
                fields.hops,
                fields.xid,
                fields.seconds,
                fields.flags,
                fields.clientAddress,
                fields.yourAddress,
                fields.nextServer,
                fields.relayAddress,
                fields.serverName,
                fields.bootFile,
                fields.options);
    }

    /** For the log: type, hardware address and transaction. */
    @Override
    public String toString() {
        byte[] type = fields.options.get(DhcpOptions.DHCP_MESSAGE_TYPE.code());
        String name = type != null && type.length == 1
                ? DhcpMessageType.of(type[0]).map(Enum::name).orElse("TYPE " + type[0])
                : "BOOTP";
        return name + " " + HexFormat.ofDelimiter(":").formatHex(fields.hardwareAddress) + " xid "
                + Integer.toHexString(fields.xid);
    }

    /** Collects the fields of a message. Everything starts at zero, empty, and Ethernet. */
    public static final class Builder {
        private int op = BOOTREQUEST;
        private int hardwareType = ETHERNET;
        private byte[] hardwareAddress = {};
        private int hops;
        private int xid;
        private int seconds;
        private int flags;
        private Inet4Address clientAddress = Addresses.ANY;
        private Inet4Address yourAddress = Addresses.ANY;
        private Inet4Address nextServer = Addresses.ANY;
        private Inet4Address relayAddress = Addresses.ANY;
        private String serverName = "";
        private String bootFile = "";
        private final OptionBytes options;
        /** What {@link #build} made, until something changes: handlers read what the reply is so far many times. */
        private DhcpMessage built;

        private Builder() {
            options = new OptionBytes();
        }

        private Builder(Builder other) {
            op = other.op;
            hardwareType = other.hardwareType;
            hardwareAddress = other.hardwareAddress;
            hops = other.hops;
            xid = other.xid;
            seconds = other.seconds;
            flags = other.flags;
            clientAddress = other.clientAddress;
            yourAddress = other.yourAddress;
            nextServer = other.nextServer;
            relayAddress = other.relayAddress;
            serverName = other.serverName;
            bootFile = other.bootFile;
            options = new OptionBytes(other.options);
        }

        public Builder op(int value) {
            op = value;
            return changed();
        }

        public Builder hardware(int type, byte[] address) {
            if (address.length > MAX_HARDWARE_ADDRESS) {
                throw new IllegalArgumentException("hardware address of " + address.length + " bytes");
            }
            hardwareType = type;
            hardwareAddress = address.clone();
            return changed();
        }

        public Builder hops(int value) {
            hops = value;
            return changed();
        }

        public Builder xid(int value) {
            xid = value;
            return changed();
        }

        public Builder seconds(int value) {
            seconds = value;
            return changed();
        }

        public Builder flags(int value) {
            flags = value;
            return changed();
        }

        public Builder clientAddress(Inet4Address value) {
            clientAddress = Objects.requireNonNull(value);
            return changed();
        }

        public Builder yourAddress(Inet4Address value) {
            yourAddress = Objects.requireNonNull(value);
            return changed();
        }

        public Builder nextServer(Inet4Address value) {
            nextServer = Objects.requireNonNull(value);
            return changed();
        }

        public Builder relayAddress(Inet4Address value) {
            relayAddress = Objects.requireNonNull(value);
            return changed();
        }

        /** At most 63 Latin-1 characters, so that a NUL follows. */
        public Builder serverName(String value) {
            serverName = requireShort("sname", value, 63);
            return changed();
        }

        /** At most 127 Latin-1 characters, so that a NUL follows. */
        public Builder bootFile(String value) {
            bootFile = requireShort("file", value, 127);
            return changed();
        }

        /** Sets option 53. */
        public Builder type(DhcpMessageType value) {
            return option(DhcpOptions.DHCP_MESSAGE_TYPE, value.code());
        }

        /** Sets an option, in place of what it was. */
        public <T> Builder option(DhcpOption<T> option, T value) {
            return bytes(option.code(), option.type().encode().apply(value));
        }

        /**
         * Sets the bytes of an option, in place of what they were.
         *
         * @param code 1 to 254; 0 and 255 are pad and end, not options
         */
        public Builder bytes(int code, byte[] value) {
            if (code < 1 || code > 254) {
                throw new IllegalArgumentException("option code " + code + "; expected 1 to 254");
            }
            options.put(code, value.clone());
            return changed();
        }

        public Builder remove(DhcpOption<?> option) {
            return remove(option.code());
        }

        /** Takes out the option of a code. */
        public Builder remove(int code) {
            options.remove(code);
            return changed();
        }

        /** Whether an option is set. */
        public boolean has(DhcpOption<?> option) {
            return options.get(option.code()) != null;
        }

        /** For the decoder, which owns what it puts there. */
        OptionBytes options() {
            return options;
        }

        /** The message as it stands now; later changes of the builder do not show in it. */
        public DhcpMessage build() {
            if (built == null) {
                built = new DhcpMessage(new Builder(this));
            }
            return built;
        }

        /** The message, of which this builder becomes a part: it is not to be used any more. */
        DhcpMessage finish() {
            return new DhcpMessage(this);
        }

        private Builder changed() {
            built = null;
            return this;
        }

        private static String requireShort(String field, String value, int most) {
            if (value.length() > most) {
                throw new IllegalArgumentException(
                        field + " of " + value.length() + " characters; expected at most " + most);
            }
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) == 0 || value.charAt(i) > 0xff) {
                    throw new IllegalArgumentException(field + " '" + value + "'; expected Latin-1 without NUL");
                }
            }
            return value;
        }
    }
}
