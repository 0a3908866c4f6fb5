/**
 * {@link io.slipway.state.StateStore} on one append log: every live record is in memory, every transaction is forced to
 * disk before it is acknowledged.
 */
package io.slipway.state.embedded;
