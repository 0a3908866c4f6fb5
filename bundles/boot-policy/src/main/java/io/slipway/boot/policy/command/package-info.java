/** The shell commands that tell what machines boot, and why. */
package io.slipway.boot.policy.command;
