package io.slipway.image.store.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;

/** What goes wrong between here and a server, in words that say what to do. */
final class HttpFault {

    private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final Map<Integer, String> CURES = Map.of(
            400, "look at the URL",
            401, "give user and password: http://USER:PASSWORD@HOST/…",
            403, "this server may not have it: look at the URL, and at user and password",
            404, "there is no such file: correct the URL",
            407,
                    "the proxy wants a password: give it in http_proxy or https_proxy, as http://USER:PASSWORD@HOST:PORT,"
                            + " and for https start the JVM with -Djdk.http.auth.tunneling.disabledSchemes=",
            410, "the file is gone: find its new URL",
            429, "the server is asked too often: try again later",
            451, "the server must not give it away: find another one");

    private HttpFault() {}

    /** No answer came. */
    static IOException of(SafeUrl url, Throwable failure) {
        if (failure instanceof SSLException) {
            return new IOException(
                    url + ": no TLS connection (" + Names.shown(String.valueOf(failure.getMessage()))
                            + "); let the JVM trust the server's certificate (keytool -importcert -cacerts), or correct"
                            + " the host's name",
                    failure);
        }
        return new TransientFault(url + ": " + reason(failure), failure);
    }

    /** An answer came that is not the file. */
    static IOException ofStatus(HttpAnswer answer) {
        int status = answer.status();
        String cure = CURES.getOrDefault(
                status, status >= 500 ? "the server is at fault: try again later" : "look at the URL");
        String message = answer.url() + ": the server answers " + status + "; " + cure;
        return TRANSIENT.contains(status) ? new TransientFault(message, retryAfter(answer)) : new IOException(message);
    }

    /** In seconds (RFC 9110 section 10.2.3); who gives a date is tried again when everybody else is. */
    private static Duration retryAfter(HttpAnswer answer) {
        String seconds = answer.header("Retry-After").orElse("").strip();
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection; is the host up, and is it reached through a proxy (https_proxy) only?";
        }
        if (failure instanceof ConnectException) {
            return isUnresolved(failure)
                    ? "the host's name is unknown; correct it, or see to name resolution (/etc/resolv.conf)"
                    : "no connection (" + Names.shown(String.valueOf(failure.getMessage()))
                            + "); is the server running, and is it reached through a proxy (https_proxy) only?";
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return "the transfer broke off (" + Names.shown(message) + ")";
    }

    private static boolean isUnresolved(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
