/**
 * Doors: the listening sockets of the server, one per network interface and service. The sockets never change hands;
 * whoever registers a taker for a door is handed what comes in, so a service is replaced without losing a packet.
 */
@Export
@Version("3.1.0")
package io.slipway.sockets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
