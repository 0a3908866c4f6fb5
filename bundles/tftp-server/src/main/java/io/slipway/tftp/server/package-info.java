/**
 * TFTP of the boot content, and of files that clients send. {@link io.slipway.tftp.server.TftpServer} takes what comes in at the door
 * {@code tftp}; each file is sent by a {@link io.slipway.tftp.server.FileSender}, or taken by a
 * {@link io.slipway.tftp.server.FileReceiver}, on a port of its own.
 */
package io.slipway.tftp.server;
