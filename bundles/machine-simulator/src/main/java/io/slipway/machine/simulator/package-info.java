/** Machines that boot from the network, played: what they ask for, how a bad network treats them, and what they get. */
package io.slipway.machine.simulator;
