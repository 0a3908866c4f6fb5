package io.slipway.dhcp.proxy;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers firmware that gets its address from another server, and boot-server discovery: no lease and no network
 * options, so what follows up to {@code boot} is passed over. Never refuses anything (NAK). Where this server leases the
 * addresses, the others are asked.
 */
@Component(property = DhcpHandler.NAME + "=proxy")
public final class ProxyHandler implements DhcpHandler {

    private static final String PXE_DOOR = "pxe";
    private static final int PXE_BOOT_ITEM = 71;

    private final SegmentModes modes;

    @Activate
    public ProxyHandler(@Reference SegmentModes modes) {
        this.modes = modes;
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        Optional<DhcpMessageType> type = request.type();
        if (exchange.door().equals(PXE_DOOR)) {
            return asksAgain(type) && isFirmware(request)
                    ? answer(exchange, DhcpMessageType.ACK)
                    : Verdict.drop("not a PXE request");
        }
        if (asksAgain(type) && isDiscovery(request)) {
            return answer(exchange, DhcpMessageType.ACK);
        }
        Mode mode = modes.of(exchange);
        if (exchange.isTrial()) {
            exchange.explain("mode " + mode);
        }
        return switch (mode) {
            case SERVER -> Verdict.next();
            case PROXY -> proxy(exchange, type);
            case AUTO ->
                type.equals(Optional.of(DhcpMessageType.DISCOVER)) || type.isEmpty()
                        ? Verdict.drop("still looking for other servers")
                        : Verdict.next();
        };
    }

    /** PXE 2.1 section 2.2.2: an OFFER without an address, beside the offer of the server that leases them. */
    private Verdict proxy(DhcpExchange exchange, Optional<DhcpMessageType> type) {
        if (!type.equals(Optional.of(DhcpMessageType.DISCOVER))) {
            return Verdict.drop("another server leases addresses here");
        }
        if (!isFirmware(exchange.request())) {
            return Verdict.drop("another server leases addresses here, and it does not boot");
        }
        long delay = modes.replyDelay().toMillis();
        if (delay > 0 && !exchange.isTrial()) {
            exchange.sendAfter(new CompletableFuture<Void>().completeOnTimeout(null, delay, TimeUnit.MILLISECONDS));
        }
        return answer(exchange, DhcpMessageType.OFFER);
    }

    private static Verdict answer(DhcpExchange exchange, DhcpMessageType type) {
        exchange.reply().type(type);
        return Verdict.skipTo("boot");
    }

    private static boolean asksAgain(Optional<DhcpMessageType> type) {
        return type.filter(is -> is == DhcpMessageType.REQUEST || is == DhcpMessageType.INFORM)
                .isPresent();
    }

    /** PXE 2.1 section 2.2.4: a client that has its address looks for a boot server by broadcast to port 67. */
    private static boolean isDiscovery(DhcpMessage request) {
        return !request.clientAddress().equals(Addresses.ANY)
                && isFirmware(request)
                && request.bytes(DhcpOptions.VENDOR_ENCAPSULATED_OPTIONS.code())
                        .flatMap(option -> Suboptions.find(option, PXE_BOOT_ITEM))
                        .isPresent();
    }

    private static boolean isFirmware(DhcpMessage request) {
        return request.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER)
                .filter(text -> text.startsWith("PXEClient") || text.startsWith("HTTPClient"))
                .isPresent();
    }
}
