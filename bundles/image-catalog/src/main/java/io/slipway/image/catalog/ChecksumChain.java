package io.slipway.image.catalog;

import io.slipway.image.Digest;
import io.slipway.image.catalog.net.Download;
import io.slipway.image.catalog.net.Urls;
import io.slipway.image.catalog.openpgp.Keyring;
import io.slipway.image.catalog.openpgp.OpenPgp;
import io.slipway.image.catalog.openpgp.Signer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an entry's checksums, and follows what vouches for them.
 *
 * @param keyrings folders in which a keyring is looked for that an entry names without one
 */
record ChecksumChain(Download download, List<Path> keyrings, InstantSource clock) {

    private static final Logger LOG = LoggerFactory.getLogger(ChecksumChain.class);
    private static final String CONFIGURATION = "etc/io.slipway.image.catalog.cfg";

    ChecksumChain {
        keyrings = List.copyOf(keyrings);
    }

    /**
     * Checksums that are believed.
     *
     * @param why what was verified, and by which key
     */
    record Vouched(Checksums checksums, String why) {}

    /** @throws IOException what is not as it should be, and the cure */
    Vouched follow(CatalogEntry entry) throws IOException, InterruptedException {
        Trust trust = entry.trust();
        if (trust instanceof Trust.Release release) {
            return byRelease(entry, release);
        }
        if (trust instanceof Trust.Detached detached) {
            return bySignature(entry, detached);
        }
        if (trust instanceof Trust.ClearSigned signed) {
            return byItself(entry, signed);
        }
        return unsigned(entry);
    }

    private Vouched byRelease(CatalogEntry entry, Trust.Release trust) throws IOException, InterruptedException {
        OpenPgp openPgp = openPgp(trust.keys());
        URI url = entry.at(trust.release());
        byte[] fetched = download.bytes(url, ReleaseFile.LARGEST);
        Optional<byte[]> signature = trust.signature().isPresent()
                ? Optional.of(download.bytes(entry.at(trust.signature().get()), OpenPgp.LONGEST_SIGNATURE))
                : Optional.empty();
        OpenPgp.Signed signed;
        try {
            signed = signature.isPresent()
                    ? new OpenPgp.Signed(fetched, openPgp.verify(shown(url), fetched, signature.get()))
                    : openPgp.verifyClear(shown(url), fetched);
        } catch (IOException e) {
            throw untrusted(trust.keys(), e);
        }
        ReleaseFile release = release(url, signed.text());
        if (!release.isOf(trust.suite())) {
            throw new IOException(shown(url) + " is signed, but of "
                    + (release.names().isEmpty() ? "no suite" : "the suite " + String.join(" or ", release.names()))
                    + " and not of " + trust.suite() + "; look at mirrors in " + CONFIGURATION);
        }
        requireCurrent(entry, trust, url, release);
        String path = entry.checksums().substring(trust.release().lastIndexOf('/') + 1);
        ReleaseFile.Listed listed = release.file(path)
                .orElseThrow(() -> new IOException(
                        shown(url) + " does not list " + path + "; correct checksums of the entry " + entry.name()));
        URI checksums = entry.at(entry.checksums());
        byte[] text = download.bytes(checksums, Checksums.LARGEST);
        if (text.length != listed.size() || !Digest.ofContent(text).equals(listed.digest())) {
            throw new IOException(shown(checksums) + " is not the file that " + shown(url)
                    + " lists; the mirror is perhaps being changed: try again later, or from another one");
        }
        return new Vouched(
                checksums(checksums, text),
                "signature of " + trust.release() + why(signed.signer()) + "; checksums of " + entry.checksums()
                        + " and of every file");
    }

    private Vouched bySignature(CatalogEntry entry, Trust.Detached trust) throws IOException, InterruptedException {
        OpenPgp openPgp = openPgp(trust.keys());
        URI url = entry.at(entry.checksums());
        byte[] text = download.bytes(url, Checksums.LARGEST);
        byte[] signature = download.bytes(entry.at(trust.signature()), OpenPgp.LONGEST_SIGNATURE);
        try {
            Signer signer = openPgp.verify(shown(url), text, signature);
            return new Vouched(checksums(url, text), signedChecksums(entry, signer));
        } catch (IOException e) {
            throw untrusted(trust.keys(), e);
        }
    }

    private Vouched byItself(CatalogEntry entry, Trust.ClearSigned trust) throws IOException, InterruptedException {
        OpenPgp openPgp = openPgp(trust.keys());
        URI url = entry.at(entry.checksums());
        byte[] message = download.bytes(url, Checksums.LARGEST);
        try {
            OpenPgp.Signed signed = openPgp.verifyClear(shown(url), message);
            return new Vouched(checksums(url, signed.text()), signedChecksums(entry, signed.signer()));
        } catch (IOException e) {
            throw untrusted(trust.keys(), e);
        }
    }

    /** A mirror takes the place of an address that is asked by HTTPS, so it must be asked so as well. */
    private Vouched unsigned(CatalogEntry entry) throws IOException, InterruptedException {
        URI url = entry.at(entry.checksums());
        if (!Urls.isHttps(download.source(url))) {
            throw new IOException(
                    shown(url) + " is fetched in the clear and its checksums are not signed, so that anybody"
                            + " may change them; name a mirror with https under mirrors in " + CONFIGURATION);
        }
        return new Vouched(
                checksums(url, download.bytes(url, Checksums.LARGEST)),
                "no signature; checksums of every file, as " + shown(url) + " has them");
    }

    private OpenPgp openPgp(Trust.Keys keys) throws IOException {
        Path file = Path.of(keys.keyring());
        if (!file.isAbsolute()) {
            file = keyrings.stream()
                    .map(folder -> folder.resolve(keys.keyring()))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(file);
        }
        try {
            return new OpenPgp(Keyring.read(file).only(keys.fingerprints()), clock);
        } catch (IOException e) {
            String why = Files.exists(file) ? e.getMessage() : "there is no such file" + places(file);
            String cure = keys.source()
                    .map(source -> "install the package " + source + ", or put")
                    .orElse("put");
            throw new IOException(
                    "keyring " + file + " cannot be read: " + why + "; " + cure
                            + " the public keys into a file of that name in a folder that keyrings in " + CONFIGURATION
                            + " names",
                    e);
        }
    }

    private String places(Path file) {
        return file.isAbsolute()
                ? ""
                : " in "
                        + String.join(
                                ", ", keyrings.stream().map(Path::toString).toList());
    }

    private static IOException untrusted(Trust.Keys keys, IOException why) {
        String cure = keys.source()
                .map(source -> "update the package " + source)
                .orElse("look for new keys of whoever signs it");
        return new IOException(why.getMessage() + "; " + cure + ", or name another mirror in " + CONFIGURATION, why);
    }

    private ReleaseFile release(URI url, byte[] text) throws IOException {
        try {
            return ReleaseFile.parse(text);
        } catch (IOException e) {
            throw new IOException(shown(url) + " is signed, but no Release file: " + e.getMessage(), e);
        }
    }

    private void requireCurrent(CatalogEntry entry, Trust.Release trust, URI url, ReleaseFile release)
            throws IOException {
        Optional<Instant> end = release.validUntil();
        if (end.isEmpty() || trust.outdated() || end.get().isAfter(clock.instant())) {
            return;
        }
        LOG.warn(
                "image {} is not added: {} was valid until {} only; a mirror may be behind: name another one in {}, or"
                        + " write outdated: true into the entry",
                entry.name(),
                shown(url),
                end.get(),
                CONFIGURATION);
        throw new IOException(shown(url) + " was valid until " + end.get()
                + " only; a mirror may be behind: name another one in " + CONFIGURATION
                + ", or write outdated: true into the entry " + entry.name());
    }

    private Checksums checksums(URI url, byte[] text) throws IOException {
        try {
            return Checksums.parse(text);
        } catch (IOException e) {
            throw new IOException(shown(url) + " is no list of checksums: " + e.getMessage(), e);
        }
    }

    private static String signedChecksums(CatalogEntry entry, Signer signer) {
        return "signature of " + entry.checksums() + why(signer) + "; checksums of every file";
    }

    private static String why(Signer signer) {
        return " by the OpenPGP key " + signer.fingerprint();
    }

    private String shown(URI url) {
        return Urls.shown(download.source(url));
    }
}
