package io.slipway.tftp.server;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** What TFTP needs of the rest of the server. Safe for use by many threads. */
interface BootSide {

    Optional<BootClient> client(InetAddress address, String link);

    /** May read a disk. */
    Optional<BootFile> find(BootRequest request) throws IOException;

    Transfer begin(BootRequest request, BootFile file);

    Transfer beginUpload(BootRequest request, long length);

    void record(BootEvent event);
}
