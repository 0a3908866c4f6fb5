package io.slipway.http.server.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.slipway.http.server.Complaints;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that new connections are shown. They are replaced when their files have changed, all at once, and
 * only by such as can be used. Safe for use by many threads.
 */
final class Certificates {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    /** For how long an administrator is told before a certificate is worthless. */
    private static final Duration NOTICE = Duration.ofDays(14);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    private record InUse(List<ServerCertificate> certificates, SslContext context) {}

    private final SslProvider provider;
    private final Complaints complaints = new Complaints();
    private TlsSettings settings = new TlsSettings(List.of());
    /** What the files were like at the last look, and when they were last tried. */
    private String seen = "";

    private String tried = "";
    private volatile Optional<InUse> inUse = Optional.empty();

    Certificates(SslProvider provider) {
        this.provider = provider;
    }

    /** Empty while there is none that can be used. */
    Optional<SslContext> context() {
        return inUse.map(InUse::context);
    }

    List<CertificateInUse> described() {
        return certificates().stream().map(ServerCertificate::described).toList();
    }

    private List<ServerCertificate> certificates() {
        return inUse.map(InUse::certificates).orElse(List.of());
    }

    /**
     * Others are named, perhaps none.
     *
     * @param now throws an IllegalArgumentException for what is not right, which changes nothing
     */
    synchronized void change(Supplier<TlsSettings> now) {
        try {
            settings = now.get();
            CertificateFiles files = CertificateFiles.read(settings);
            seen = files.mark();
            use(files);
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage());
        }
    }

    /** Looks whether the files have changed. Reads a disk. */
    synchronized void look(Instant now) {
        CertificateFiles files = CertificateFiles.read(settings);
        String mark = files.mark();
        // Twice the same: whoever replaces a certificate and its key does so one after the other.
        if (mark.equals(seen) && !mark.equals(tried)) {
            use(files);
        }
        seen = mark;
        certificates().forEach(certificate -> warnOfEnd(certificate, now));
    }

    private void use(CertificateFiles files) {
        tried = files.mark();
        try {
            List<ServerCertificate> certificates = files.certificates();
            inUse = certificates.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new InUse(certificates, Encryption.of(certificates, provider)));
            described()
                    .forEach(one -> LOG.info(
                            "https shows {}: {}, {}, valid until {}, SHA-256 {}",
                            one.file(),
                            one.subject(),
                            one.kind(),
                            DAY.format(one.expires()),
                            one.sha256()));
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage());
        } catch (GeneralSecurityException | IOException e) {
            refuse("etc/" + HttpsServer.PID + ".cfg: certificates cannot be used: " + e.getMessage());
        }
    }

    private void refuse(String why) {
        if (inUse.isPresent()) {
            LOG.warn("{}; the former certificates stay in use until that is mended", why);
        } else {
            LOG.error("refused: {}; https serves nothing until that is mended", why);
        }
    }

    private void warnOfEnd(ServerCertificate certificate, Instant now) {
        String subject = certificate.file().value();
        String day = DAY.format(certificate.expires());
        if (certificate.expires().isBefore(now)) {
            complaints.complain(
                    subject,
                    "the certificate in " + subject + " is worthless since " + day
                            + ": renew it; clients that know the time refuse it");
        } else if (certificate.expires().minus(NOTICE).isBefore(now)) {
            complaints.complain(
                    subject,
                    "the certificate in " + subject + " is valid until " + day
                            + " only: renew it; clients will refuse it then");
        } else {
            complaints.settle(subject);
        }
    }
}
