package io.slipway.boot;

import org.osgi.annotation.versioning.ProviderType;

/** Keeps the timeline of every boot. */
@ProviderType
public interface BootJournal {

    /** Takes note of a step. Never blocks, never throws. */
    void record(BootEvent event);
}
