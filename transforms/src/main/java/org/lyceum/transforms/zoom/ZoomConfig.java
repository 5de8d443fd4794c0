package org.lyceum.transforms.zoom;

import java.io.Serializable;
import java.net.URI;
import java.util.Objects;

/**
 * Which Zoom account is asked, and how.
 *
 * @param api as {@code https://api.zoom.us/v2}
 * @param oauth where tokens come from, as {@code https://zoom.us/oauth/token}
 * @param pageSize records of a page, from 30 to 300
 */
public record ZoomConfig(
    URI api,
    URI oauth,
    String accountId,
    String clientId,
    String clientSecret,
    Listing listing,
    int pageSize)
    implements Serializable {
  public static final URI API = URI.create("https://api.zoom.us/v2");
  public static final URI OAUTH = URI.create("https://zoom.us/oauth/token");
  public static final int LARGEST_PAGE = 300;
  private static final int SMALLEST_PAGE = 30;

  /** Where meetings and participants are read from. */
  public enum Listing {
    /** The dashboard, which Business accounts have: every meeting, with devices and networks. */
    METRICS,
    /** Reports, for the others: meetings that two people came to at least. */
    REPORT
  }

  public ZoomConfig {
    Objects.requireNonNull(listing);
    if (accountId.isBlank() || clientId.isBlank() || clientSecret.isBlank()) {
      throw new IllegalArgumentException(
          "Zoom needs account id, client id and client secret of a server-to-server application.");
    }
    if (pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE) {
      throw new IllegalArgumentException("Zoom's pages have from 30 to 300 records.");
    }
  }

  /** Without what must not be seen. */
  @Override
  public String toString() {
    return "Zoom at " + api + " by " + listing + ", " + pageSize + " records a page";
  }
}
