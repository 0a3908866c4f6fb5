/**
 * The words and seams of booting: who asks ({@link io.slipway.boot.BootClient}), what it shall boot
 * ({@link io.slipway.boot.BootPolicy}), which bootloader it is given ({@link io.slipway.boot.Bootloader}), the files it
 * fetches ({@link io.slipway.boot.BootContent}), what became of it ({@link io.slipway.boot.BootJournal}),
 * and which machines the operator knows ({@link io.slipway.boot.Machines}).
 */
@Export
@Version("1.4.0")
package io.slipway.boot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
