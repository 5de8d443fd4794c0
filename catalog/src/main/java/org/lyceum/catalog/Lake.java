package org.lyceum.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Where the lake is: the catalog's properties, as Iceberg names them. Travels to workers; each
 * connects for itself.
 *
 * @param properties see lake.properties
 */
public record Lake(Map<String, String> properties) implements Serializable {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):([^}]*)}");

  public Lake {
    properties = Map.copyOf(properties);
  }

  /** The lake of lake.properties, completed from the environment. */
  public static Lake fromEnvironment() {
    return from(System.getenv());
  }

  static Lake from(Map<String, String> environment) {
    Properties file = new Properties();
    try (InputStream in = Lake.class.getResourceAsStream("/lake.properties")) {
      file.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> properties = new HashMap<>();
    for (String name : file.stringPropertyNames()) {
      Matcher matcher = VARIABLE.matcher(file.getProperty(name));
      properties.put(
          name,
          matcher.replaceAll(
              found ->
                  Matcher.quoteReplacement(
                      environment.getOrDefault(found.group(1), found.group(2)))));
    }
    return new Lake(properties);
  }

  /** A connection of its own; the caller closes it. */
  public RESTCatalog connect() {
    RESTCatalog catalog = new RESTCatalog();
    try {
      Configuration hadoop = new Configuration(false);
      hadoop.set(LocalFiles.SETTING, LocalFiles.class.getName());
      catalog.setConf(hadoop);
      catalog.initialize("lake", properties);
      return catalog;
    } catch (RESTException e) {
      throw new Refusal(
          Exit.FAILED,
          "the catalog at " + properties.get("uri") + " does not answer: start it with `make up`",
          e);
    }
  }
}
