/** Shell commands about boots. */
package io.slipway.boot.journal.command;
