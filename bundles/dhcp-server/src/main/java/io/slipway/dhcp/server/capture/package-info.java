/** Files of captured packets. */
package io.slipway.dhcp.server.capture;
