/** Images in a folder: an OCI image layout (image-spec 1.1) that skopeo and oras read as it is. */
package io.slipway.storage.folder;
