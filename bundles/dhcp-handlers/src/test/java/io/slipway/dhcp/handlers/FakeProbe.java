package io.slipway.dhcp.handlers;

import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Probes that the test answers. */
final class FakeProbe implements AddressProbe {

    final Map<Inet4Address, CompletableFuture<Answer>> asked = new HashMap<>();

    @Override
    public CompletionStage<Answer> ask(Inet4Address address) {
        return asked.computeIfAbsent(address, any -> new CompletableFuture<>());
    }
}
