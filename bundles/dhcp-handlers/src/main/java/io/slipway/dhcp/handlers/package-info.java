/**
 * The standard DHCP handlers: {@code allow}, {@code server-identifier}, {@code address} and {@code network-options},
 * with the subnets they serve and the leases they keep.
 */
package io.slipway.dhcp.handlers;
