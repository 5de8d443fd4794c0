package org.lyceum.transforms.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The types of the fields of every index that documents go to: an index template for each, under
 * the names that the old harvesters gave them. Loaded before the first document; an index that is
 * there already keeps its types.
 */
public final class IndexTemplates {
  /** What an index begins with. */
  public static final List<String> NAMES =
      List.of("useractions", "episodes", "meetings", "sessions");

  private static final String PREFIX = "dce-";

  private IndexTemplates() {}

  /** Loads all of them; loaded again they are the same. */
  public static void load(ElasticsearchClient elasticsearch) {
    for (String name : NAMES) {
      elasticsearch.put("/_index_template/" + PREFIX + name, resource(name + ".template.json"));
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = IndexTemplates.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
