/** The shell commands of DHCP. */
package io.slipway.dhcp.handlers.command;
