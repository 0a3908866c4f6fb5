/**
 * Bytes to {@link io.slipway.tftp.codec.TftpPacket} and back: TFTP as in RFC 1350, with the option extension of
 * RFC 2347. What the options mean (RFC 2348, RFC 2349) is the server's business.
 */
@Export
@Version("1.0.0")
package io.slipway.tftp.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
