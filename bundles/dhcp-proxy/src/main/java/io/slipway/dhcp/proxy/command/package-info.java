/** The shell commands of this bundle. */
package io.slipway.dhcp.proxy.command;
