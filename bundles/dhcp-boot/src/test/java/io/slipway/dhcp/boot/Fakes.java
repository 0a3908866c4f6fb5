package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import io.slipway.boot.BootClients;
import io.slipway.boot.BootDecision;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.MacAddress;
import io.slipway.boot.NetworkProgram;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A planner with one loader a firmware, and a record of what was learnt. */
final class Fakes implements BootPlanner, BootClients {

    record Learnt(BootClient client, InetAddress address, Evidence how) {}

    final List<BootClient> asked = new ArrayList<>();
    final List<Learnt> learnt = new ArrayList<>();
    Optional<BootDecision> instead = Optional.empty();
    Optional<NetworkProgram> program = Optional.empty();

    private BootDecision decision = new BootDecision.Ignore("only the program counts here");

    /** What goes with the program. */
    void decision(BootDecision changed) {
        decision = changed;
    }

    @Override
    public BootPlan plan(BootClient client) {
        asked.add(client);
        if (instead.isPresent()) {
            return new BootPlan(instead.get(), Optional.empty(), Optional.empty(), List.of());
        }
        boolean isBios = client.architecture().toString().equals("bios-x86");
        return new BootPlan(
                decision,
                Optional.of(isBios ? "pxelinux" : "grub"),
                program.or(() -> Optional.of(new NetworkProgram(isBios ? "/pxelinux.0" : "/grub/shimx64.efi"))),
                List.of());
    }

    @Override
    public void learn(BootClient client, InetAddress address, Evidence how) {
        learnt.add(new Learnt(client, address, how));
    }

    @Override
    public Optional<BootClient> at(InetAddress address, String link) {
        throw new UnsupportedOperationException("DHCP teaches, it does not ask");
    }

    @Override
    public Optional<BootClient> find(MacAddress mac) {
        throw new UnsupportedOperationException("DHCP teaches, it does not ask");
    }
}
