/**
 * Life beside the DHCP servers of others: which there are ({@link io.slipway.dhcp.proxy.ForeignServers}), whether this
 * server leases addresses or only says what to boot ({@link io.slipway.dhcp.proxy.SegmentModes}), and the handler that
 * does the latter ({@link io.slipway.dhcp.proxy.ProxyHandler}).
 */
package io.slipway.dhcp.proxy;
