package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Takes the files of an image and remembers them. */
final class RecordingIntake implements ImageSource.Intake {

    final Map<String, ImageSource.SourceFile> files = new LinkedHashMap<>();
    final Map<String, byte[]> bytes = new TreeMap<>();
    final Map<String, String> annotations = new TreeMap<>();
    /** By the path of the link, the path of the file that was given. */
    final Map<String, String> links = new TreeMap<>();

    /** What a source hands over. */
    static RecordingIntake of(ImageSource source) throws IOException {
        RecordingIntake intake = new RecordingIntake();
        source.read(intake);
        return intake;
    }

    @Override
    public ImageFile take(ImageSource.SourceFile file, InputStream stream) throws IOException {
        byte[] all = stream.readAllBytes();
        if (file.size() >= 0 && file.size() != all.length) {
            throw new IOException(file.path() + " has " + all.length + " bytes instead of " + file.size());
        }
        if (files.putIfAbsent(file.path(), file) != null) {
            throw new IOException(file.path() + " was handed over twice");
        }
        bytes.put(file.path(), all);
        return new ImageFile(file.path(), file.role().orElse(ImageFile.OTHER), TestManifests.digest(all), all.length);
    }

    @Override
    public ImageFile link(String path, ImageFile file) throws IOException {
        if (bytes.containsKey(path)) {
            throw new IOException(path + " was handed over twice");
        }
        bytes.put(path, bytes.get(file.path()));
        links.put(path, file.path());
        return new ImageFile(path, file.role(), file.digest(), file.size());
    }

    @Override
    public void annotate(String name, String value) {
        annotations.put(name, value);
    }

    /** The content of every path, as text. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        bytes.forEach((path, content) -> texts.put(path, new String(content, UTF_8)));
        return texts;
    }
}
