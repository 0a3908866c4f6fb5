/** The images of all storage backends: import of folders, tags, and the OCI manifest that an image is. */
package io.slipway.image.store;
