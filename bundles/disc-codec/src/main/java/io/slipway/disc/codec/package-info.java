/**
 * The files in disc images: ISO 9660 (ECMA-119) with Rock Ridge or Joliet, and UDF (ECMA-167, OSTA UDF 1.02 to 2.60), on
 * sectors of 2048 bytes.
 */
@Export
@Version("1.0.0")
package io.slipway.disc.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
