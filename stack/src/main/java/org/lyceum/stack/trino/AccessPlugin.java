package org.lyceum.stack.trino;

import io.trino.spi.Plugin;
import io.trino.spi.security.SystemAccessControlFactory;
import java.util.List;

/** Gives Trino the access control {@link NoTableProcedures}. */
public final class AccessPlugin implements Plugin {
  @Override
  public Iterable<SystemAccessControlFactory> getSystemAccessControlFactories() {
    return List.of(new NoTableProcedures());
  }
}
