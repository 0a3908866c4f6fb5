package io.slipway.dhcp.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The handlers that are there now, in the order in which they are asked.
 *
 * @param missing the names of the mandatory handlers that are not there
 */
record Chain(List<NamedHandler> handlers, List<String> missing) {

    Chain {
        handlers = List.copyOf(handlers);
        missing = List.copyOf(missing);
    }

    static Chain of(ChainOrder order, Collection<NamedHandler> registered) {
        Map<String, NamedHandler> preferred = new LinkedHashMap<>();
        registered.stream()
                .sorted(NamedHandler.PREFERENCE)
                .forEach(handler -> preferred.putIfAbsent(handler.name(), handler));
        List<NamedHandler> handlers = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ChainOrder.Place place : order.places()) {
            if (place instanceof ChainOrder.Place.Named named) {
                if (preferred.containsKey(named.handler())) {
                    handlers.add(preferred.get(named.handler()));
                } else if (named.isMandatory()) {
                    missing.add(named.handler());
                }
            } else {
                preferred.values().stream()
                        .filter(handler -> !order.names(handler.name()))
                        .forEach(handlers::add);
            }
        }
        return new Chain(handlers, missing);
    }

    boolean isComplete() {
        return missing.isEmpty();
    }
}
