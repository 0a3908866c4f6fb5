package io.slipway.image.store;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file to import.
 *
 * @param path its name in the image, {@code /}-separated
 * @param file where its bytes are, no symbolic link
 * @param size in bytes, when the folder was walked
 */
record FolderFile(String path, Path file, long size, Instant modified) {}
