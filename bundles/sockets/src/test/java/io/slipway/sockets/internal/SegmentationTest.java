package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.Errors;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SegmentationTest {

    private static final int EIO = -5;
    private static final int ENETUNREACH = -101;

    @Test
    void aLinkThatRefusesIsNotAskedAgain() {
        Segmentation segmentation = new Segmentation(true);
        assertTrue(segmentation.isUsable("eth0"));
        assertTrue(segmentation.isRefused("eth0", new Errors.NativeIoException("sendmmsg", EIO)));
        assertFalse(segmentation.isUsable("eth0"));
        assertTrue(segmentation.isUsable("eth1"));
    }

    @Test
    void anotherFailureIsNoRefusal() {
        Segmentation segmentation = new Segmentation(true);
        assertFalse(segmentation.isRefused("eth0", new Errors.NativeIoException("sendmmsg", ENETUNREACH)));
        assertFalse(segmentation.isRefused("eth0", new IOException("closed")));
        assertTrue(segmentation.isUsable("eth0"));
    }

    @Test
    void aKernelThatKnowsNoneIsNotAsked() {
        assertFalse(new Segmentation(false).isUsable("eth0"));
    }
}
