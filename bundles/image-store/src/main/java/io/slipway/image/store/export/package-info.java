/** Images written out as OCI image layouts: into a folder, or into one archive. */
package io.slipway.image.store.export;
