package org.lyceum.transforms.land;

import java.io.Serializable;
import java.util.List;

/** What one worker does in one go: a byte range of a large log, or a list of small logs. */
public record LandUnit(String feed, List<LogRange> ranges) implements Serializable {
  public LandUnit {
    ranges = List.copyOf(ranges);
  }

  long size() {
    return ranges.stream().mapToLong(LogRange::size).sum();
  }
}
