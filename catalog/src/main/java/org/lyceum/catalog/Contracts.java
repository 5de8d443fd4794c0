package org.lyceum.catalog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The contracts of all tables, as shipped with the program. */
public final class Contracts {
  private static final JsonMapper YAML =
      JsonMapper.builder(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final List<Contract> ALL = read();

  private Contracts() {}

  /** Every contract, by table name. */
  public static List<Contract> all() {
    return ALL;
  }

  /** The contract of {@code namespace.table}. */
  public static Contract of(String table) {
    return ALL.stream()
        .filter(contract -> contract.table().equals(table))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no contract for table " + table));
  }

  static Contract parse(String yaml) throws IOException {
    return YAML.readValue(yaml, Contract.class);
  }

  /** The build lists the files of tables/ in contracts.list, because a jar cannot be walked. */
  private static List<Contract> read() {
    try (InputStream list = Contracts.class.getResourceAsStream("/tables/contracts.list");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank())
          .sorted()
          .map(Contracts::readOne)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Contract readOne(String path) {
    try (InputStream file = Contracts.class.getResourceAsStream("/tables/" + path)) {
      Contract contract = parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      if (!path.equals(contract.namespace() + "/" + contract.name() + ".yaml")) {
        throw new IllegalArgumentException("contract " + path + " defines " + contract.table());
      }
      return contract;
    } catch (IOException e) {
      throw new UncheckedIOException("contract " + path + ": " + e.getMessage(), e);
    }
  }
}
