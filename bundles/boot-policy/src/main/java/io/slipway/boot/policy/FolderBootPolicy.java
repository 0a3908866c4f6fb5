package io.slipway.boot.policy;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootPolicy;
import io.slipway.image.ImageStore;
import java.util.Objects;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The policy that administrators write: profiles and groups, and the machines that they select on. */
@Component(service = BootPolicy.class, immediate = true)
public final class FolderBootPolicy implements BootPolicy {

    private final PolicyFolder folder;
    private final StoredMachines machines;

    /** Never absent while this is a service; another store may take its place at any time. */
    @Reference(
            cardinality = ReferenceCardinality.MANDATORY,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ImageStore images;

    @Activate
    public FolderBootPolicy(@Reference PolicyFolder folder, @Reference StoredMachines machines) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.machines = Objects.requireNonNull(machines, "machines");
    }

    FolderBootPolicy(PolicyFolder folder, StoredMachines machines, ImageStore images) {
        this(folder, machines);
        this.images = images;
    }

    @Override
    public Optional<BootDecision> decide(BootClient client) {
        ImageStore store = images;
        // Null only while this is being deactivated because the last store has gone.
        return store == null ? Optional.empty() : folder.decide(client, machines.index(), store);
    }
}
