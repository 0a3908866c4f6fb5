/** Shell commands about bootloaders. */
package io.slipway.boot.content.command;
