/** PXELINUX: the network bootloader for BIOS firmware. */
package io.slipway.loader.pxelinux;
