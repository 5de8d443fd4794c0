package org.lyceum.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Contracts in, Iceberg tables out: creates what is missing, and evolves what is there by addition
 * only. What would change or remove a column is refused, naming table, column, old and new, before
 * anything is changed.
 */
public final class ApplyContracts {
  private ApplyContracts() {}

  /** Applies all contracts; a line on standard error for each table that changed. */
  public static void main(String[] args) {
    Exit.with(
        () -> {
          try (RESTCatalog catalog = Lake.fromEnvironment().connect()) {
            List<String> changes = apply(catalog, Contracts.all());
            changes.forEach(System.err::println);
            return new Exit.Outcome(
                Exit.DONE, Contracts.all().size() + " tables, " + changes.size() + " changed");
          }
        });
  }

  /** Returns what changed, a line each. */
  public static List<String> apply(RESTCatalog catalog, List<Contract> contracts) {
    List<String> refused = new ArrayList<>();
    for (Contract contract : contracts) {
      if (catalog.tableExists(contract.identifier())) {
        refused.addAll(incompatible(contract, catalog.loadTable(contract.identifier())));
      }
    }
    if (!refused.isEmpty()) {
      throw new Refusal(Exit.WRONG_USE, "contracts not applied: " + String.join("; ", refused));
    }
    List<String> changes = new ArrayList<>();
    for (Contract contract : contracts) {
      namespace(catalog, contract.namespace());
      if (!catalog.tableExists(contract.identifier())) {
        create(catalog, contract);
        changes.add("table " + contract.table() + " created");
      } else if (evolve(contract, catalog.loadTable(contract.identifier()))) {
        changes.add("table " + contract.table() + " evolved");
      }
    }
    return changes;
  }

  private static void namespace(RESTCatalog catalog, String name) {
    if (!catalog.namespaceExists(Namespace.of(name))) {
      try {
        catalog.createNamespace(Namespace.of(name), new HashMap<>());
      } catch (AlreadyExistsException e) {
        // another apply was faster
      }
    }
  }

  private static void create(RESTCatalog catalog, Contract contract) {
    Schema schema = contract.schema();
    catalog
        .buildTable(contract.identifier(), schema)
        .withPartitionSpec(contract.spec(schema))
        .withSortOrder(contract.sortOrder(schema))
        .withProperties(contract.allProperties())
        .create();
  }

  /** What addition cannot reach, a clause each: table, column, old and new. */
  private static List<String> incompatible(Contract contract, Table table) {
    List<String> found = new ArrayList<>();
    Set<String> names = contract.columns().stream().map(Column::name).collect(Collectors.toSet());
    for (Types.NestedField old : table.schema().columns()) {
      if (!names.contains(old.name())) {
        found.add(
            clause(contract, old.name(), describe(old.type(), old.isRequired()), "no such column"));
      }
    }
    for (Types.NestedField now : contract.schema().columns()) {
      Types.NestedField old = table.schema().findField(now.name());
      if (old == null && now.isRequired()) {
        found.add(clause(contract, now.name(), "no such column", describe(now.type(), true)));
      } else if (old != null
          && !describe(old.type(), old.isRequired())
              .equals(describe(now.type(), now.isRequired()))) {
        found.add(
            clause(
                contract,
                now.name(),
                describe(old.type(), old.isRequired()),
                describe(now.type(), now.isRequired())));
      }
    }
    List<String> partition = table.spec().fields().stream().map(field -> field.name()).toList();
    if (!partition.equals(contract.partition())) {
      found.add(
          clause(contract, "(partition)", partition.toString(), contract.partition().toString()));
    }
    return found;
  }

  private static String clause(Contract contract, String column, String old, String now) {
    return "table " + contract.table() + ", column " + column + ": is " + old + ", would be " + now;
  }

  private static String describe(Type type, boolean required) {
    String name =
        type.isMapType()
            ? "map<" + type.asMapType().keyType() + "," + type.asMapType().valueType() + ">"
            : type.toString();
    return (required ? "required " : "optional ") + name;
  }

  private static boolean evolve(Contract contract, Table table) {
    Transaction transaction = table.newTransaction();
    UpdateSchema schema = transaction.updateSchema();
    boolean changed = false;
    String before = null;
    for (Column column : contract.columns()) {
      Types.NestedField old = table.schema().findField(column.name());
      if (old == null) {
        schema.addColumn(column.name(), Contract.type(column.type()), column.description());
        schema.moveAfter(column.name(), before); // never the first: that one is required
        changed = true;
      } else if (!column.description().equals(old.doc())) {
        schema.updateColumnDoc(column.name(), column.description());
        changed = true;
      }
      before = column.name();
    }
    schema.commit();
    changed |= properties(contract, table, transaction);
    if (!table.sortOrder().sameOrder(contract.sortOrder(table.schema()))) {
      var order = transaction.replaceSortOrder();
      contract.sort().forEach(order::asc);
      order.commit();
      changed = true;
    }
    if (changed) {
      transaction.commitTransaction();
    }
    return changed;
  }

  private static boolean properties(Contract contract, Table table, Transaction transaction) {
    Map<String, String> wanted = new HashMap<>(contract.allProperties());
    wanted.remove("format-version"); // not a property of a table that exists
    Map<String, String> present = ((BaseTable) table).operations().current().properties();
    UpdateProperties update = transaction.updateProperties();
    boolean changed = false;
    for (String name : new TreeSet<>(wanted.keySet())) {
      if (!wanted.get(name).equals(present.get(name))) {
        update.set(name, wanted.get(name));
        changed = true;
      }
    }
    update.commit();
    return changed;
  }
}
