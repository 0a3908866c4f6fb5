package io.slipway.boot;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told of every step that the journal records, in order, on a thread of the journal. */
@ConsumerType
public interface BootEventListener {

    void on(BootEvent event);
}
