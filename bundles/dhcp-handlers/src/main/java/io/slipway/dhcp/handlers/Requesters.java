package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.boot.Machines;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.MachineUuid;
import io.slipway.dhcp.codec.RelayAgentInformation;
import java.util.HexFormat;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Which machine of those that the operator knows is asking. */
@Component(service = Requesters.class)
public final class Requesters {

    private static final int LONGEST_IDENTIFIER = 255;

    /** Null while there are none: then nobody is known, and there are no reservations. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Machines machines;

    /**
     * By MAC address, else by client identifier, UUID (option 97), and last by the port of the switch, which is the
     * machine's only as long as nobody plugs another one in.
     */
    Optional<Machine> machine(DhcpExchange exchange) {
        Machines known = machines;
        if (known == null) {
            return Optional.empty();
        }
        DhcpMessage request = exchange.request();
        return known.find(new MachineIdentity.Mac(exchange.mac()))
                .or(() -> request.bytes(DhcpOptions.DHCP_CLIENT_IDENTIFIER.code())
                        .flatMap(Requesters::hex)
                        .flatMap(hex -> known.find(new MachineIdentity.ClientId(hex))))
                .or(() -> request.bytes(DhcpOptions.CLIENT_MACHINE_IDENTIFIER.code())
                        .flatMap(MachineUuid::parse)
                        .flatMap(uuid -> known.find(new MachineIdentity.Uuid(uuid))))
                .or(() -> RelayAgentInformation.of(request)
                        .circuitId()
                        .flatMap(Requesters::hex)
                        .flatMap(hex -> known.find(new MachineIdentity.CircuitId(hex))));
    }

    private static Optional<String> hex(byte[] identifier) {
        return identifier.length == 0 || identifier.length > LONGEST_IDENTIFIER
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(identifier));
    }
}
