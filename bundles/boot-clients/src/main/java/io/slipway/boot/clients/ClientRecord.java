package io.slipway.boot.clients;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootTransport;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MacAddress;
import io.slipway.state.Key;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A client as it is stored under {@code boot/client/<mac>}: a version byte, then the fields in the order in which
 * {@link #encode} writes them; text in Java's modified UTF-8, what may be absent after a boolean.
 * Version 1, of the first release, ends with the labels; version 2 adds the features. Both are read.
 *
 * @param written to the millisecond
 */
record ClientRecord(BootClient client, Instant written) {

    static final Key PREFIX = Key.of("boot", "client");

    private static final int VERSION = 2;
    private static final int WITHOUT_FEATURES = 1;
    private static final Set<String> OWN_LABELS =
            Set.of("mac", "arch", "transport", "link", "uuid", "user-class", "vendor-class", "features");

    static Key key(MacAddress mac) {
        return PREFIX.child(mac.dashed());
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(written.toEpochMilli());
            out.writeLong(client.mac().bits());
            out.writeShort(client.architecture().code());
            out.writeBoolean(client.transport() == BootTransport.HTTP);
            out.writeUTF(client.link());
            writeText(out, client.uuid().map(UUID::toString));
            writeText(out, client.userClass());
            writeText(out, client.vendorClass());
            byte[] address = client.address().map(InetAddress::getAddress).orElse(new byte[0]);
            out.writeByte(address.length);
            out.write(address);
            Map<String, String> labels = new TreeMap<>(client.labels());
            labels.keySet().removeAll(OWN_LABELS);
            out.writeShort(labels.size());
            for (Map.Entry<String, String> label : labels.entrySet()) {
                out.writeUTF(label.getKey());
                out.writeUTF(label.getValue());
            }
            Set<String> features = new TreeSet<>(client.features());
            out.writeShort(features.size());
            for (String feature : features) {
                out.writeUTF(feature);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("boot client " + client.mac() + " has text of more than 64 KiB", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException these bytes are not a client of this version */
    static ClientRecord decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION && version != WITHOUT_FEATURES) {
                throw new IOException("version " + version + " of a boot client; expected at most " + VERSION);
            }
            Instant written = Instant.ofEpochMilli(in.readLong());
            BootClient.Builder client = BootClient.builder(new MacAddress(in.readLong()));
            client.architecture(new FirmwareArchitecture(in.readUnsignedShort()));
            client.transport(in.readBoolean() ? BootTransport.HTTP : BootTransport.TFTP);
            client.link(in.readUTF());
            readText(in).map(UUID::fromString).ifPresent(client::uuid);
            readText(in).ifPresent(client::userClass);
            readText(in).ifPresent(client::vendorClass);
            byte[] address = in.readNBytes(in.readUnsignedByte());
            if (address.length > 0) {
                client.address(InetAddress.getByAddress(address));
            }
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                client.label(in.readUTF(), in.readUTF());
            }
            if (version != WITHOUT_FEATURES) {
                client.features(readFeatures(in));
            }
            return new ClientRecord(client.build(), written);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a boot client: " + e.getMessage(), e);
        }
    }

    private static Set<String> readFeatures(DataInputStream in) throws IOException {
        Set<String> features = new TreeSet<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            features.add(in.readUTF());
        }
        return features;
    }

    private static void writeText(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeUTF(text.get());
        }
    }

    private static Optional<String> readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    }
}
