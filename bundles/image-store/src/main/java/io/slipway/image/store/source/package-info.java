/** What images are imported from: archives, discs, foreign OCI layouts, and downloads of those. */
package io.slipway.image.store.source;
