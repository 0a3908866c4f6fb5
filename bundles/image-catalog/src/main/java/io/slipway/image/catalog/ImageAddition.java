package io.slipway.image.catalog;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.catalog.net.Download;
import io.slipway.image.catalog.net.Urls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds a ready image: its checksums are verified, then its files are fetched and verified, then they go to the store,
 * which tags them at the very end. Whatever fails before leaves the store as it was.
 *
 * @param folder where files are fetched to
 */
record ImageAddition(ChecksumChain chain, ImageStore store, Path folder) {

    /** @throws InterruptedException the thread was interrupted; what has come is kept for the next time */
    Added add(CatalogEntry entry, ImageRef ref, AddProgress progress) throws IOException, InterruptedException {
        try {
            return verifyAndAdd(entry, ref, progress);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("interrupted");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    private Added verifyAndAdd(CatalogEntry entry, ImageRef ref, AddProgress progress)
            throws IOException, InterruptedException {
        ChecksumChain.Vouched vouched = chain.follow(entry);
        List<Digest> digests = digests(entry, vouched.checksums());
        Optional<Image> here = store.find(ref).filter(image -> isOf(entry, digests, image));
        if (here.isPresent()) {
            return new Added(ref, here.get(), vouched.why(), false);
        }
        List<VerifiedFiles.Part> parts = new ArrayList<>();
        for (int i = 0; i < digests.size(); i++) {
            CatalogFile file = entry.files().get(i);
            Download.Fetched fetched =
                    chain.download().file(entry.at(file), digests.get(i), folder, file.path(), progress::fetching);
            parts.add(new VerifiedFiles.Part(file, digests.get(i), fetched));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before anything was stored");
        }
        Image image = store.importFrom(new VerifiedFiles(entry, vouched.why(), parts), ref, progress::storing);
        for (VerifiedFiles.Part part : parts) {
            Files.deleteIfExists(part.fetched().file());
        }
        return new Added(ref, image, vouched.why(), true);
    }

    private List<Digest> digests(CatalogEntry entry, Checksums checksums) throws IOException {
        List<Digest> digests = new ArrayList<>();
        for (CatalogFile file : entry.files()) {
            digests.add(checksums
                    .of(file.file())
                    .orElseThrow(
                            () -> new IOException(Urls.shown(chain.download().source(entry.at(entry.checksums())))
                                    + " has no checksum of " + file.file() + "; correct the entry " + entry.name())));
        }
        return digests;
    }

    /** Then a download would change nothing. */
    private static boolean isOf(CatalogEntry entry, List<Digest> digests, Image image) {
        Map<String, Digest> there =
                image.files().stream().collect(Collectors.toMap(ImageFile::path, ImageFile::digest));
        boolean hasSameFiles = there.size() == digests.size();
        for (int i = 0; i < digests.size(); i++) {
            hasSameFiles &= digests.get(i).equals(there.get(entry.files().get(i).path()));
        }
        return hasSameFiles && entry.name().equals(image.annotations().get(CatalogEntry.ENTRY));
    }
}
