/**
 * Signatures of OpenPGP (RFC 9580): detached, and of the cleartext signature framework. Whose they are is a matter of
 * the keys of a file on this host. Bouncy Castle does the cryptography; no provider is registered with the JVM.
 */
package io.slipway.image.catalog.openpgp;
