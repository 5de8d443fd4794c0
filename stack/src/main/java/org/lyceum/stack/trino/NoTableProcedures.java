package org.lyceum.stack.trino;

import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemAccessControlFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses {@code ALTER TABLE … EXECUTE} to everyone, and has no opinion on anything else. Trino's
 * rules from a file let every reader run these procedures, and {@code optimize} would bring rows
 * back that are hidden by position deletes, or drop the ones that show.
 *
 * <p>It stands beside the rules: Trino asks both, and both must agree.
 */
final class NoTableProcedures implements SystemAccessControlFactory {
  @Override
  public String getName() {
    return "no-table-procedures";
  }

  @Override
  public SystemAccessControl create(
      Map<String, String> config, SystemAccessControlContext context) {
    // A proxy, as the interface refuses by default in each of its eighty methods.
    return (SystemAccessControl)
        Proxy.newProxyInstance(
            SystemAccessControl.class.getClassLoader(),
            new Class<?>[] {SystemAccessControl.class},
            (proxy, method, arguments) ->
                method.getDeclaringClass() == Object.class
                    ? method.invoke(this, arguments)
                    : answer(method, arguments));
  }

  private static Object answer(Method method, Object[] arguments) {
    if (method.getName().equals("checkCanExecuteTableProcedure")) {
      CatalogSchemaTableName table = (CatalogSchemaTableName) arguments[1];
      AccessDeniedException.denyExecuteTableProcedure(table.toString(), (String) arguments[2]);
    }
    if (method.getName().startsWith("filter")) {
      return arguments[arguments.length - 1]; // what there is to see: all of it
    }
    Class<?> answer = method.getReturnType();
    if (answer == boolean.class) {
      return true;
    }
    if (answer == Optional.class) {
      return Optional.empty();
    }
    if (answer == Map.class) {
      return Map.of();
    }
    return answer == void.class ? null : List.of();
  }
}
