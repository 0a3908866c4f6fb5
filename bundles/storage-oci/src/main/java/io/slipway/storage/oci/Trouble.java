package io.slipway.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What goes wrong with a registry, in words: which backend, at which address, with which status, and what helps. Nothing
 * of it holds a secret: of an address neither user nor query is shown, as both may hold one.
 *
 * @param name of the backend
 * @param file of its configuration
 * @param user whom the registry is told; empty: nobody
 */
record Trouble(String name, String file, Optional<String> user) {

    /** Of what a registry says of an error, in characters. */
    private static final int LONGEST = 200;

    static Trouble of(Settings settings) {
        return new Trouble(settings.name(), settings.file(), settings.login().map(Login::user));
    }

    /** An answer with a status that is an error. The answer is closed. */
    RegistryException status(String method, Answer answer) {
        return status(method, answer, cure(answer.status()));
    }

    /** The same with a cure of its own. */
    RegistryException status(String method, Answer answer, String cure) {
        String said = said(answer.beginning());
        String redirect = answer.status() / 100 == 3
                ? answer.header("Location").map(to -> " (to " + shown(to) + ")").orElse("")
                : "";
        return new RegistryException(
                at(method, answer.address()) + "status " + answer.status() + redirect
                        + (said.isEmpty() ? "" : ", '" + said + "'") + "; " + cure,
                answer.status());
    }

    /** An answer whose status is right and which is wrong all the same. */
    RegistryException content(String method, Answer answer, String what, String cure) {
        return new RegistryException(at(method, answer.address()) + what + "; " + cure, answer.status());
    }

    /** An answer that is not as the specification has it. */
    RegistryException broken(String method, Answer answer, String what) {
        return content(method, answer, what, "see whether url in " + file + " is that of an OCI registry");
    }

    RegistryException redirects(String method, URI address) {
        return new RegistryException(
                at(method, address) + "it is sent on and on; give url in " + file
                        + " the address where the registry is",
                302);
    }

    RegistryException downgraded(String method, URI from, URI to) {
        return new RegistryException(
                at(method, from) + "it is sent on to " + shown(to.toString()) + ", which is not encrypted; let the"
                        + " registry name an https address",
                302);
    }

    /** No answer, or one that broke off. */
    RegistryException unanswered(String method, URI address, Exception cause) {
        return new RegistryException(at(method, address) + why(cause), 0, cause);
    }

    RegistryException closed() {
        return new RegistryException("registry " + name + " is not in use any more; ask again", 0);
    }

    RegistryException readOnly(String what) {
        return new RegistryException(
                "registry " + name + " is only read, so " + what + "; remove readOnly in " + file
                        + ", or give ranking a" + " smaller number, so that images are written elsewhere",
                0);
    }

    private String why(Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null && !(root instanceof SSLException)) {
            root = root.getCause();
        }
        if (root instanceof SSLException) {
            return "TLS failed (" + clean(root.getMessage()) + "); name who vouches for its certificate in caFile in "
                    + file + ", and see that url has the host's name that is in the certificate";
        }
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return "this host is not known; see url in " + file + ", and the name servers of this machine";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "nobody answers there; see whether the registry runs, and url in " + file;
        }
        if (cause instanceof ConnectException) {
            return "no connection can be made; see whether the registry runs, and url in " + file;
        }
        if (cause instanceof HttpTimeoutException) {
            return "nothing came in time; look at the registry's load, or raise timeout in " + file;
        }
        return "the connection broke (" + clean(text(cause)) + "); look at the network, and into the registry's log";
    }

    private static String text(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private String cure(int status) {
        return switch (status) {
            case 401 ->
                user.map(known -> "it does not know user '" + known + "', or not with this password: see user and"
                                + " password in " + file)
                        .orElse("it wants to know who asks: set user and password in " + file);
            case 403 ->
                "let the registry's administrator allow this to "
                        + user.map(known -> "user '" + known + "'").orElse("everybody, or set user in " + file);
            case 404 -> "see url and prefix in " + file;
            case 405 -> "the registry does not do this; see its configuration, or set readOnly = true in " + file;
            case 413 -> "let the registry, or the proxy before it, take larger requests";
            case 429 -> "it is asked too often: raise refresh in " + file + ", or what the registry allows";
            default ->
                status / 100 == 3
                        ? "give url in " + file + " the address where the registry is"
                        : status >= 500
                                ? "look into the registry's log"
                                : "see whether url in " + file + " is that of an OCI registry";
        };
    }

    private String at(String method, URI address) {
        return "registry " + name + ": " + method + " " + shown(address.toString()) + ": ";
    }

    /** An address without what may be secret. */
    static String shown(String address) {
        return clean(address.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//"));
    }

    /** What the registry says itself (distribution-spec, "Error Codes"). */
    private static String said(byte[] body) {
        try {
            JsonNode first = Json.object(body).path("errors").path(0);
            String code = first.path("code").asText();
            String message = first.path("message").asText();
            return clean(message.isEmpty() ? code : code.isEmpty() ? message : code + ": " + message);
        } catch (IOException notJson) {
            return ""; // a page of a proxy: it says nothing that the status does not
        }
    }

    /** What others wrote, on one line and cut. */
    static String clean(String text) {
        if (text == null) {
            return "";
        }
        String legible = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return legible.length() > LONGEST ? legible.substring(0, LONGEST) + "…" : legible;
    }
}
