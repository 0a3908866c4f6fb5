package io.slipway.sockets.internal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * Calls of 64-bit Linux's C library for which neither Java nor Netty has another. A {@link LinkageError} where they
 * cannot be had.
 */
final class LibC {

    static {
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            throw new UnsatisfiedLinkError("this is not 64-bit Linux");
        }
        Native.register(LibC.class, Platform.C_LIBRARY_NAME);
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native long sendto(int socket, byte[] content, long length, int flags, byte[] to, int toLength)
            throws LastErrorException;

    static native long sendmsg(int socket, Pointer message, int flags) throws LastErrorException;

    static native int ioctl(int socket, long request, byte[] argument) throws LastErrorException;

    static native int close(int file) throws LastErrorException;
}
