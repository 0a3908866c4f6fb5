package io.slipway.itests.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Notices bundles that stop and components that are activated anew, from when it is made until it is closed. */
final class Restarts implements AutoCloseable {

    private final BundleContext context;
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final BundleListener listener = this::note;
    private final Map<Long, String> services;

    Restarts(BundleContext context) {
        this.context = context;
        this.services = services();
        context.addBundleListener(listener);
    }

    /** The bundles that stopped and the services that are gone, those of the named bundles left out. */
    List<String> except(String... bundles) {
        Map<Long, String> gone = new TreeMap<>(services);
        gone.keySet().removeAll(services().keySet());
        List<String> found = new ArrayList<>(stopped);
        found.addAll(gone.values());
        return found.stream()
                .filter(line -> Stream.of(bundles).noneMatch(name -> line.startsWith(name + " ")))
                .toList();
    }

    @Override
    public void close() {
        context.removeBundleListener(listener);
    }

    private void note(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED || event.getType() == BundleEvent.UNRESOLVED) {
            stopped.add(event.getBundle().getSymbolicName() + " stopped");
        }
    }

    /** A component that is activated anew registers its service under another number. */
    private Map<Long, String> services() {
        Map<Long, String> found = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().startsWith("slipway-") && bundle.getRegisteredServices() != null) {
                for (ServiceReference<?> service : bundle.getRegisteredServices()) {
                    found.put(
                            (Long) service.getProperty(Constants.SERVICE_ID),
                            bundle.getSymbolicName() + " "
                                    + Arrays.toString((String[]) service.getProperty(Constants.OBJECTCLASS)));
                }
            }
        }
        return found;
    }
}
