/** The DHCP server: runs the chain of handlers on what arrives, addresses the reply and sends it. */
package io.slipway.dhcp.server;
