package io.slipway.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * Who owns which package, and which of them others may use.
 *
 * @param owners package to bundle
 * @param exported the packages that every bundle may use
 */
record BundleBoundaries(Map<String, String> owners, Set<String> exported) {

    BundleBoundaries {
        owners = Map.copyOf(owners);
        exported = Set.copyOf(exported);
    }

    /** No bundle uses a package that another one keeps to itself. */
    ArchRule rule() {
        return classes().should(new ArchCondition<>("stay within their bundle and what the others export") {
            @Override
            public void check(JavaClass used, ConditionEvents events) {
                used.getDirectDependenciesFromSelf().stream()
                        .filter(BundleBoundaries.this::isTrespassing)
                        .map(found -> SimpleConditionEvent.violated(used, found.getDescription()))
                        .forEach(events::add);
            }
        });
    }

    private boolean isTrespassing(Dependency dependency) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        String owner = owners.get(target);
        String user = owners.get(dependency.getOriginClass().getPackageName());
        return owner != null && !owner.equals(user) && !exported.contains(target);
    }
}
