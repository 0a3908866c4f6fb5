/**
 * The catalogue of ready images. {@code CatalogFolder} reads what can be added, {@code ChecksumChain} follows a signature
 * to the checksums of the files, {@code ImageAddition} fetches them and hands them to the image store.
 */
package io.slipway.image.catalog;
