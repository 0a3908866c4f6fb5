package io.slipway.dhcp.server;

import io.slipway.dhcp.DhcpHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registered handlers, and the chain that follows from them. */
final class Handlers {

    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    private final Map<Long, NamedHandler> registered = new HashMap<>();
    private final Runnable onChange;
    private ChainOrder order;
    private boolean isClosed;
    private volatile Chain chain;

    /**
     * Nothing is registered yet.
     *
     * @param onChange runs after each change of the chain, on the thread that made it
     */
    Handlers(ChainOrder order, Runnable onChange) {
        this.order = order;
        this.onChange = onChange;
        chain = Chain.of(order, registered.values(), Optional.empty());
    }

    /** The chain as it is now. */
    Chain chain() {
        return chain;
    }

    /** Adds a handler, or changes the one that has this service id. */
    void add(DhcpHandler handler, Map<String, Object> properties) {
        if (!(properties.get(DhcpHandler.NAME) instanceof String name) || name.isBlank()) {
            LOG.warn(
                    "The DHCP handler {} has no name and is not asked; give its service the property {}",
                    handler.getClass().getName(),
                    DhcpHandler.NAME);
            remove(properties);
            return;
        }
        int ranking = properties.get("service.ranking") instanceof Integer number ? number : 0;
        long id = (Long) properties.get("service.id");
        change(() -> registered.put(id, new NamedHandler(name, handler, ranking, id)));
    }

    void remove(Map<String, Object> properties) {
        change(() -> registered.remove((Long) properties.get("service.id")));
    }

    void order(ChainOrder changed) {
        change(() -> order = changed);
    }

    /** From now on the chain stays as it is, so that what is queued is still answered while services go. */
    synchronized void close() {
        isClosed = true;
    }

    private void change(Runnable change) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            change.run();
            chain = Chain.of(order, registered.values(), Optional.of(chain));
        }
        onChange.run();
    }
}
