package org.lyceum.transforms.opencast;

import java.io.Serializable;
import org.lyceum.catalog.Lake;
import org.lyceum.transforms.lake.HarvestStep;

/**
 * One step of a harvest of Opencast.
 *
 * @param lake to land what is read in; null to give its documents alone
 * @param hasDocuments whether somebody wants its documents
 */
public record OpencastStep(
    HarvestStep harvest, OpencastAccess access, Lake lake, boolean hasDocuments)
    implements Serializable {

  /** The name of the actions' watermark in {@code ops.state}. */
  public static final String WATERMARK = "actions";

  /** Of every delivery, feed and key of Opencast. */
  static final String SOURCE = "opencast";
}
