/**
 * Moving in from another DHCP server and out again: each format is read into a {@code Site}, and a {@code Site} is
 * written as files of this server, or of Kea.
 */
package io.slipway.dhcp.handlers.migration;
