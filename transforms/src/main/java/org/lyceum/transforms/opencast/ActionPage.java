package org.lyceum.transforms.opencast;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some of a host's actions.
 *
 * @param total what the host says there is; of upstream's Opencast all actions that it ever stored,
 *     whatever was asked for
 * @param actions the JSON of each, byte by byte as it was sent; mostly objects
 * @param date the host's own time, to the second; empty if it does not say it
 */
public record ActionPage(OptionalLong total, List<byte[]> actions, Optional<Instant> date) {}
