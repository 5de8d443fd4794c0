package org.lyceum.transforms.land;

import java.io.Serializable;
import org.lyceum.transforms.lake.Offsets;

/** Offsets of one partition that a worker reads in one go. */
public record TopicUnit(Topic topic, int partition, Offsets offsets) implements Serializable {}
