package io.slipway.boot.content;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.BootPolicy;
import io.slipway.boot.Bootloader;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.LoggerFactory;

/** Plans with the policies and loaders that are registered at the moment of asking. */
@Component
public final class RankedPlanner implements BootPlanner {

    private final Complaints complaints = new Complaints(LoggerFactory.getLogger(RankedPlanner.class));

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Map.Entry<Map<String, Object>, BootPolicy>> policies = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Map.Entry<Map<String, Object>, Bootloader>> loaders = List.of();

    @Override
    public BootPlan plan(BootClient client) {
        return new Planning(
                        client,
                        Ranked.sorted(policies, "component.name"),
                        Ranked.sorted(loaders, Bootloader.NAME),
                        complaints)
                .plan();
    }
}
