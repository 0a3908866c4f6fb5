/**
 * Read-only HTTP/1.1 of the boot content. {@link io.slipway.http.server.HttpServer} takes the connections of the door
 * {@code http}; on each a {@link io.slipway.http.server.Connection} answers one request after another, and a
 * {@link io.slipway.http.server.Delivery} sends a file with {@code sendfile}, so that its bytes never enter the heap.
 */
package io.slipway.http.server;
