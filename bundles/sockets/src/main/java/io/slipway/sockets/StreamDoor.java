package io.slipway.sockets;

import org.osgi.annotation.versioning.ProviderType;

/** An open TCP socket that listens. */
@ProviderType
public interface StreamDoor extends Door {}
