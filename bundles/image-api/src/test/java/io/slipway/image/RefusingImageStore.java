package io.slipway.image;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests' image stores extend: a test that uses more than it means to is told so. */
public class RefusingImageStore implements ImageStore {

    @Override
    public Optional<Image> find(ImageRef ref) throws IOException {
        throw refused("find an image by its tag");
    }

    @Override
    public Optional<Image> find(Digest manifest) throws IOException {
        throw refused("find an image by its digest");
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        throw refused("find a blob");
    }

    @Override
    public Map<ImageRef, Digest> tags() throws IOException {
        throw refused("tell the tags");
    }

    @Override
    public Image importFrom(ImageSource source, ImageRef ref, ImportProgress progress) throws IOException {
        throw refused("import");
    }

    @Override
    public Image tag(ImageRef ref, Digest manifest) throws IOException {
        throw refused("tag");
    }

    @Override
    public boolean untag(ImageRef ref) throws IOException {
        throw refused("untag");
    }

    @Override
    public List<TagMove> history(ImageRef ref) throws IOException {
        throw refused("tell a history");
    }

    private static UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException("this test's image store was not expected to " + what);
    }
}
