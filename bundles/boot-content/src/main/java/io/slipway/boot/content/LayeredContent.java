package io.slipway.boot.content;

import io.slipway.boot.BootContent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Bootloader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.LoggerFactory;

/** Looks in the loaders and sources that are registered at the moment of asking. */
@Component
public final class LayeredContent implements BootContent {

    private final BootPlanner planner;
    private final Complaints complaints = new Complaints(LoggerFactory.getLogger(LayeredContent.class));

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Map.Entry<Map<String, Object>, Bootloader>> loaders = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Map.Entry<Map<String, Object>, BootFileSource>> sources = List.of();

    @Activate
    public LayeredContent(@Reference BootPlanner planner) {
        this.planner = planner;
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        return new Lookup(
                        planner,
                        Ranked.sorted(loaders, Bootloader.NAME),
                        Ranked.sorted(sources, "component.name"),
                        complaints)
                .find(request);
    }
}
