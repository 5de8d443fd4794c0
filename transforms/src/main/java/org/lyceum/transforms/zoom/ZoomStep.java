package org.lyceum.transforms.zoom;

import java.io.Serializable;
import org.lyceum.catalog.Lake;
import org.lyceum.transforms.lake.HarvestStep;

/**
 * One step of a harvest of Zoom.
 *
 * @param lake to land what is read in; null to give its documents alone
 * @param hasDocuments whether somebody wants its documents
 * @param geoIpDb database of where their addresses are, a path on every worker; blank for none
 */
public record ZoomStep(
    HarvestStep harvest, ZoomAccess access, Lake lake, boolean hasDocuments, String geoIpDb)
    implements Serializable {

  /** Of every delivery and feed of Zoom. */
  public static final String SOURCE = "zoom";

  /** Names of deliveries are days alone. */
  static final String PREFIX = "";
}
