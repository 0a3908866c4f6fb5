/** A storage backend over an OCI registry (distribution-spec 1.1). */
package io.slipway.storage.oci;
