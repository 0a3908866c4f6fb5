package io.slipway.image.catalog.net;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Gives mirrors and proxies, and nobody else, the user and password that stand in their addresses. */
final class Logins extends Authenticator {

    private final Mirrors mirrors;
    private final Proxies proxies;

    private Logins(Mirrors mirrors, Proxies proxies) {
        this.mirrors = mirrors;
        this.proxies = proxies;
    }

    /** Empty when there are none: then a client tells of what it is refused. */
    static Optional<Authenticator> of(Mirrors mirrors, Proxies proxies) {
        return mirrors.haveLogins() || proxies.haveLogins()
                ? Optional.of(new Logins(mirrors, proxies))
                : Optional.empty();
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
        Optional<PasswordAuthentication> login = getRequestorType() == RequestorType.PROXY
                ? proxies.login(getRequestingHost(), getRequestingPort())
                : ofMirror();
        return login.orElse(null);
    }

    private Optional<PasswordAuthentication> ofMirror() {
        try {
            URI asked = getRequestingURL().toURI();
            return mirrors.login(asked);
        } catch (URISyntaxException e) {
            // The client has made the address out of one.
            throw new IllegalStateException(e);
        }
    }
}
