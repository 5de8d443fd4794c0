package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Test;

class RunLogTest {
  private static final RunInfo RUN = new RunInfo("run", "harvest-zoom", "direct", 0, "1", null);

  @Test
  void whyARunFailedIsNotLostWhenTheCatalogIsAwayToo() throws Exception {
    IllegalStateException cause = new IllegalStateException("the host is not well");
    try (RESTCatalog unconnected = new RESTCatalog()) {
      RunLog.failed(unconnected, RUN, cause);
    }
    assertEquals(1, cause.getSuppressed().length, "it is told beside the cause");
  }
}
