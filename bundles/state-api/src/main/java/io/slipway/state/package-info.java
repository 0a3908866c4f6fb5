/**
 * Small durable records shared by Slipway's services: leases, machines, boot-once marks.
 *
 * <p>Components keep their own index in memory and follow {@linkplain StateStore#watch watches}; the store is never read
 * per packet.
 */
@Export
@Version("1.1.0")
package io.slipway.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
