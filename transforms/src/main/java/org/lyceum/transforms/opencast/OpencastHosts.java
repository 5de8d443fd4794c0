package org.lyceum.transforms.opencast;

import java.io.Serializable;
import java.net.URI;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Where an installation of Opencast is.
 *
 * @param engage base URL, scheme and port included, of the node that keeps actions and episodes
 * @param admin base URL of the node that keeps workflows
 * @param zone the engage node's own time zone, in which it reads the times it is asked for
 */
public record OpencastHosts(URI engage, URI admin, ZoneId zone) implements Serializable {
  public OpencastHosts {
    Objects.requireNonNull(zone);
    engage = checked(engage);
    admin = checked(admin);
  }

  private static URI checked(URI base) {
    if (base.getScheme() == null || base.getHost() == null || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "A base URL of Opencast is like https://engage.lyceum.example:443, without user and"
              + " password.");
    }
    return URI.create(base.toString().replaceAll("/+$", ""));
  }
}
