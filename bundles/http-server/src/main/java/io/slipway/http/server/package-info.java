/**
 * Read-only HTTP and HTTPS of the boot content. {@link io.slipway.http.server.HttpServer} takes the connections of the door
 * {@code http}; on each a {@link io.slipway.http.server.Connection} answers one request after another, and a
 * {@link io.slipway.http.server.Delivery} sends a file with {@code sendfile}, so that its bytes never enter the heap. Those
 * of the door {@code https} come from {@code tls}; their bytes pass through memory a record at a time, and HTTP/2 has an
 * {@link io.slipway.http.server.Http2Stream} for each request.
 */
package io.slipway.http.server;
