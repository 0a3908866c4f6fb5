/**
 * Profiles and groups from YAML files in a watched folder. The way of a change: {@code WatchedFolder} sees it,
 * {@code ConfigurationReader} reads all files as one configuration or refuses them, {@code ServedConfiguration} holds
 * the last good one, {@code Decider} answers from it.
 */
package io.slipway.boot.policy;
