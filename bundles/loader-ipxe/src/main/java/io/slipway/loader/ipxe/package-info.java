/** iPXE: its programs for firmware that can chain to it, and a script for each machine that runs it. */
package io.slipway.loader.ipxe;
