/** The shell commands {@code image:catalog} and {@code image:add}. */
package io.slipway.image.catalog.command;
