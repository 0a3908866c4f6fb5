/**
 * The {@code boot} handler: from the boot plan to {@code siaddr}, {@code file} and the boot options. All leniency to
 * odd firmware lives here, as data ({@link io.slipway.dhcp.boot.FirmwareQuirks}).
 */
package io.slipway.dhcp.boot;
