package io.slipway.boot;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** What a server of boot files has to do, for the commands that show it. Registered as a service. */
@ConsumerType
public interface TransferLoad {

    BootTransport transport();

    /** Its limits and how much of each is used, a line each; with who waits for what. */
    List<String> limits();

    /** What happened since the start, by name: {@code malformed}, {@code not found} …, each with its number. */
    Map<String, Long> counts();
}
