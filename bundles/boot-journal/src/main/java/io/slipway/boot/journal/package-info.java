/** The timeline of every boot, in memory. */
package io.slipway.boot.journal;
