/**
 * Read-only TFTP of the boot content. {@link io.slipway.tftp.server.TftpServer} takes what comes in at the door
 * {@code tftp}; each file is sent by a {@link io.slipway.tftp.server.FileSender} from a port of its own.
 */
package io.slipway.tftp.server;
