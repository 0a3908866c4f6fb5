package io.slipway.boot;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One step of a boot.
 *
 * @param step what happened
 * @param mac the machine, where it is known
 * @param address the machine's address, where it has one
 * @param time when it happened
 * @param detail for a person: a file's path, an address, a reason
 * @param bytes the size of what was transferred
 * @param took how long it took
 */
public record BootEvent(
        Step step,
        Optional<MacAddress> mac,
        Optional<InetAddress> address,
        Instant time,
        String detail,
        OptionalLong bytes,
        Optional<Duration> took) {

    /** The kinds of step, in the order in which a boot usually shows them. */
    public enum Step {
        DISCOVER,
        OFFER,
        REQUEST,
        ACK,
        NAK,
        /** Other DHCP traffic: release, decline, inform. */
        DHCP,
        /** A packet that was not answered, and why. */
        DROP,
        /** A limit of the server keeps a request waiting, or holds a transfer back; said once of each. */
        FILE_WAITS,
        FILE_BEGUN,
        FILE_SENT,
        /** The client asked only for the size. */
        FILE_PROBED,
        FILE_NOT_FOUND,
        FILE_FAILED,
        /** The client has sent a file, which is kept. */
        UPLOADED,
        UPLOAD_FAILED
    }

    public BootEvent {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(mac, "mac");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(took, "took");
    }

    /** A step without size and duration. */
    public static BootEvent of(Step step, Optional<MacAddress> mac, Optional<InetAddress> address, String detail) {
        return new BootEvent(step, mac, address, Instant.now(), detail, OptionalLong.empty(), Optional.empty());
    }
}
