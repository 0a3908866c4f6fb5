package io.slipway.image.store.source;

import java.io.IOException;

/** Says what in a header is not as the format has it; not where, which only the reader knows. */
final class TarFault extends IOException {

    private static final long serialVersionUID = 1L;

    TarFault(String message) {
        super(message);
    }
}
