/** UEFI HTTP Boot of EFI programs, EFI-stub kernels and unified kernel images, without a loader between. */
package io.slipway.loader.uefi.http;
