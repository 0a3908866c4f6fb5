package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.sockets.Link;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** The order of several addresses is tested with real ones, in e2e/links.sh. */
class LinksTest {

    @Test
    void findsAnInterfaceByItsWholeName() throws SocketException {
        Link link = Links.find("lo").orElseThrow();
        assertEquals("lo", link.name());
        assertTrue(link.index() > 0);
        assertTrue(link.mtu() >= 1500);
        assertEquals("127.0.0.1/8", link.addresses().get(0).toString());
        assertTrue(Links.find("nosuch0").isEmpty());
    }

    @Test
    void anInterfaceExistsWhetherOrNotItHasAnAddress() {
        assertTrue(Links.exists("lo"));
        assertFalse(Links.exists("nosuch0"));
        assertFalse(Links.exists("l"));
    }
}
