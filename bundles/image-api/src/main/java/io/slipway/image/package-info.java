/** Images: named, tagged, immutable, content-addressed sets of boot files, and the backends that hold their bytes. */
@Export
@Version("2.0.0")
package io.slipway.image;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
