/** The shell commands that show transfers. */
package io.slipway.boot.clients.command;
