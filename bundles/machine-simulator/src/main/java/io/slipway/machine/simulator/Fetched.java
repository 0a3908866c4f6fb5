package io.slipway.machine.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * How a machine got a file, or did not.
 *
 * @param bytes that came in, each once and each as expected
 * @param took from the first request to the last byte
 * @param repeats packets that the machine sent again
 * @param failure what went wrong; empty when the file is whole
 */
public record Fetched(long bytes, Duration took, int repeats, Optional<String> failure) {}
