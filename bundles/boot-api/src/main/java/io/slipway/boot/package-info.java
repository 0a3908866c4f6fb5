/**
 * The words and seams of booting: who asks ({@link io.slipway.boot.BootClient}), what it shall boot
 * ({@link io.slipway.boot.BootPolicy}), which bootloader it is given ({@link io.slipway.boot.Bootloader}), the files it
 * fetches ({@link io.slipway.boot.BootContent}), and what became of it ({@link io.slipway.boot.BootJournal}).
 */
@Export
@Version("1.1.0")
package io.slipway.boot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
