/** The shell commands {@code image:import}, {@code image:list}, {@code image:show} and {@code image:untag}. */
package io.slipway.image.store.command;
