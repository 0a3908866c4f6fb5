package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootEvent.Step;
import io.slipway.boot.MacAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Events for tests. */
public final class Events {

    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    public static final MacAddress MAC = MacAddress.parse("52:54:00:12:34:56");
    public static final MacAddress OTHER = MacAddress.parse("52:54:00:00:00:02");
    public static final String FIRMWARE = "bios-x86, PXEClient:Arch:00000:UNDI:002001";
    public static final String IPXE = FIRMWARE + ", iPXE";

    private Events() {}

    /**
     * A step that has no address and no size.
     *
     * @param seconds after {@link #START}
     */
    public static BootEvent at(double seconds, MacAddress mac, Step step, String detail) {
        return event(seconds, Optional.of(mac), Optional.empty(), step, detail, OptionalLong.empty(), Optional.empty());
    }

    public static BootEvent sent(double seconds, MacAddress mac, String path, long bytes, Duration took) {
        return event(
                seconds,
                Optional.of(mac),
                Optional.of(address(10)),
                Step.FILE_SENT,
                path,
                OptionalLong.of(bytes),
                Optional.of(took));
    }

    public static BootEvent ofAddress(double seconds, int last, Step step, String detail) {
        return event(
                seconds,
                Optional.empty(),
                Optional.of(address(last)),
                step,
                detail,
                OptionalLong.empty(),
                Optional.empty());
    }

    private static BootEvent event(
            double seconds,
            Optional<MacAddress> mac,
            Optional<InetAddress> address,
            Step step,
            String detail,
            OptionalLong bytes,
            Optional<Duration> took) {
        return new BootEvent(step, mac, address, START.plusNanos((long) (seconds * 1e9)), detail, bytes, took);
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
