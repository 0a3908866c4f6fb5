package io.slipway.itests.container;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The declarative services components of Slipway's bundles. */
final class SlipwayComponents {

    private final ServiceComponentRuntime runtime;

    SlipwayComponents(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    int count() {
        return (int) descriptions().count();
    }

    /** The names of those that wait for a service or a configuration, and of those that failed. */
    List<String> unsatisfied() {
        return descriptions()
                .filter(found -> !isSatisfied(found))
                .map(found -> found.name)
                .toList();
    }

    private boolean isSatisfied(ComponentDescriptionDTO description) {
        List<ComponentConfigurationDTO> found = List.copyOf(runtime.getComponentConfigurationDTOs(description));
        // One that requires a configuration, such as one for each subnet, need not have any.
        boolean mayBeAbsent = "require".equals(description.configurationPolicy);
        return (mayBeAbsent || !found.isEmpty())
                && found.stream()
                        .allMatch(it -> it.state == ComponentConfigurationDTO.SATISFIED
                                || it.state == ComponentConfigurationDTO.ACTIVE);
    }

    private Stream<ComponentDescriptionDTO> descriptions() {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(found -> found.bundle.symbolicName.startsWith("slipway-"));
    }
}
