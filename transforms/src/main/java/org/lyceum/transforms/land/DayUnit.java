package org.lyceum.transforms.land;

import java.io.Serializable;
import java.util.List;

/** What one worker does in one go: a part of a large storage day, or several small days. */
public record DayUnit(String feed, List<DayPart> parts) implements Serializable {
  public DayUnit {
    parts = List.copyOf(parts);
  }

  long size() {
    return parts.stream().mapToLong(DayPart::size).sum();
  }

  int objects() {
    return parts.stream().mapToInt(part -> part.objects().size()).sum();
  }
}
