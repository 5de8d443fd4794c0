package org.lyceum.transforms.zoom;

import java.io.Serializable;
import java.util.Objects;
import org.lyceum.transforms.io.http.HttpSettings;

/** Which Zoom account is asked, and how fast. Travels to workers, is stored nowhere. */
public record ZoomAccess(ZoomConfig config, HttpSettings settings) implements Serializable {
  public ZoomAccess {
    Objects.requireNonNull(config);
    Objects.requireNonNull(settings);
  }

  /** A client of its own; the caller closes it. */
  public ZoomClient open() {
    return ZoomClient.open(config, settings);
  }

  /** Without what must not be seen. */
  @Override
  public String toString() {
    return config.toString();
  }
}
