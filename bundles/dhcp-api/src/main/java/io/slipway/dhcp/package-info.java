/** The DHCP handler chain: one small contract; the server alone picks the destination and writes. */
@Export
@Version("1.1.0")
package io.slipway.dhcp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
