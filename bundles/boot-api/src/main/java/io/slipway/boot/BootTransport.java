package io.slipway.boot;

/** How boot files are fetched. */
public enum BootTransport {
    TFTP,
    HTTP
}
