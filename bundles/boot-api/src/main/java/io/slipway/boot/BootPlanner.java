package io.slipway.boot;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The whole answer to "what does this client boot, and with which loader?": asks the policies, then the loaders. Pure,
 * like the policies. DHCP, boot content and {@code boot:explain} all ask here, so that they cannot disagree.
 */
@ProviderType
public interface BootPlanner {

    BootPlan plan(BootClient client);
}
