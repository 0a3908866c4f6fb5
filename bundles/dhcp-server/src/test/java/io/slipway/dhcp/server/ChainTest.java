package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {

    @Test
    void followsTheOrderNotTheRegistration() {
        Chain chain =
                chain("allow, address, boot", handler("boot", 9, 1), handler("address", 0, 2), handler("allow", 5, 3));
        assertEquals(List.of("allow", "address", "boot"), names(chain));
        assertTrue(chain.isComplete());
    }

    @Test
    void othersJoinAtTheStarByRanking() {
        Chain chain = chain(
                "first, *, last",
                handler("last", 100, 1),
                handler("low", -1, 2),
                handler("high", 10, 3),
                handler("first", 0, 4));
        assertEquals(List.of("first", "high", "low", "last"), names(chain));
    }

    @Test
    void othersAreLeftOutWithoutStar() {
        assertEquals(List.of("first"), names(chain("first", handler("first", 0, 1), handler("other", 0, 2))));
    }

    @Test
    void questionMarkToleratesAbsence() {
        assertTrue(chain("allow, boot?", handler("allow", 0, 1)).isComplete());
        Chain both = chain("allow, boot?", handler("boot", 0, 2), handler("allow", 0, 1));
        assertEquals(List.of("allow", "boot"), names(both));
    }

    @Test
    void namesWhatIsMissing() {
        Chain chain = chain("allow, address, boot?, network-options", handler("address", 0, 1));
        assertEquals(List.of("allow", "network-options"), chain.missing());
        assertFalse(chain.isComplete());
    }

    @Test
    void newestOfOneNameTakesOverUnlessOutranked() {
        assertEquals(
                8,
                chain("a", handler("a", 0, 7), handler("a", 0, 8))
                        .handlers()
                        .get(0)
                        .serviceId());
        assertEquals(
                7,
                chain("a", handler("a", 1, 7), handler("a", 0, 8))
                        .handlers()
                        .get(0)
                        .serviceId());
        assertEquals(
                1, chain("*", handler("a", 1, 7), handler("a", 0, 8)).handlers().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "allow,,boot", "allow, ?", "allow boot", "*, allow, *", "allow, allow?", "a*"})
    void refusesBrokenOrders(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ChainOrder.parse(text));
        assertTrue(e.getMessage().startsWith("etc/io.slipway.dhcp.server.cfg: chain = "), e.getMessage());
        assertTrue(e.getMessage().contains("; expected "), e.getMessage());
    }

    private static Chain chain(String order, NamedHandler... handlers) {
        return Chain.of(ChainOrder.parse(order), List.of(handlers), Optional.empty());
    }

    private static NamedHandler handler(String name, int ranking, long id) {
        return new NamedHandler(name, exchange -> Verdict.next(), ranking, id);
    }

    private static List<String> names(Chain chain) {
        return chain.handlers().stream().map(NamedHandler::name).toList();
    }
}
