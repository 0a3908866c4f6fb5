/** shim and GRUB: the network bootloader for UEFI x64 firmware, Secure Boot included. */
package io.slipway.loader.grub;
