/** Images in an object store that speaks Amazon's S3 protocol. */
package io.slipway.storage.s3;
