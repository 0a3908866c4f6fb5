package io.slipway.state;

import org.osgi.annotation.versioning.ConsumerType;

/** A watch under way. Closing it ends the watch; closing twice does nothing. */
@ConsumerType
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
