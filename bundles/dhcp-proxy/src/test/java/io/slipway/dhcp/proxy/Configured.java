package io.slipway.dhcp.proxy;

import java.lang.annotation.Annotation;
import java.util.Map;

/** A configuration as the container hands it over. */
@SuppressWarnings({"ArrayRecordComponent", "ImmutableAnnotationChecker"}) // as the annotation has it
record Configured(String mode, String silence, String probeInterval, String replyDelayMillis, String... known)
        implements SegmentModes.Config {

    static Settings settings(String mode, Map<String, Object> places, String... known) {
        return Settings.of(new Configured(mode, "15m", "0", "0", known), places);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SegmentModes.Config.class;
    }
}
