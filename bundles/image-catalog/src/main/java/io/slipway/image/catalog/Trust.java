package io.slipway.image.catalog;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Why an entry's checksums are believed. Paths are relative to the entry's base. */
sealed interface Trust {

    /**
     * The keys of whom an entry's signatures must be.
     *
     * @param keyring a file of public keys: a path, or a name in one of the folders for keyrings
     * @param source the Debian package that brings the file
     * @param fingerprints of the primary keys that may sign, in upper-case hexadecimal digits; none when all of the
     *     keyring may
     */
    record Keys(String keyring, Optional<String> source, Set<String> fingerprints) {
        public Keys {
            Objects.requireNonNull(keyring, "keyring");
            Objects.requireNonNull(source, "source");
            fingerprints = Set.copyOf(fingerprints);
        }
    }

    /**
     * A signed Release file of an archive of Debian's kind lists the file of checksums.
     *
     * @param release clear-signed, unless there is a signature
     * @param signature a file of its own
     * @param suite the suite or the codename that the Release must be of
     * @param outdated whether one is taken whose time is over
     */
    record Release(String release, Optional<String> signature, String suite, boolean outdated, Keys keys)
            implements Trust {
        public Release {
            Objects.requireNonNull(release, "release");
            Objects.requireNonNull(signature, "signature");
            Objects.requireNonNull(suite, "suite");
            Objects.requireNonNull(keys, "keys");
        }
    }

    /** The file of checksums has a signature in a file of its own. */
    record Detached(String signature, Keys keys) implements Trust {
        public Detached {
            Objects.requireNonNull(signature, "signature");
            Objects.requireNonNull(keys, "keys");
        }
    }

    /** The file of checksums is clear-signed. */
    record ClearSigned(Keys keys) implements Trust {
        public ClearSigned {
            Objects.requireNonNull(keys, "keys");
        }
    }

    /** Nobody has signed the checksums: they are those of whoever answers at the address, which must be HTTPS. */
    record None() implements Trust {}
}
