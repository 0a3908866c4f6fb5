/** Shell commands of the DHCP server. */
package io.slipway.dhcp.server.command;
