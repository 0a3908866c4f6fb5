/** Bytes to DHCP messages and back (RFC 2131, 2132, 3396), and the table of options. */
@Export
@Version("2.0.0")
package io.slipway.dhcp.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
