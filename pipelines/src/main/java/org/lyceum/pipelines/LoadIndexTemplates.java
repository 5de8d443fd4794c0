package org.lyceum.pipelines;

import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.transforms.documents.ElasticsearchClient;
import org.lyceum.transforms.documents.ElasticsearchSettings;
import org.lyceum.transforms.documents.IndexTemplates;

/**
 * {@code make es-templates}: the types of the fields of all indexes in; Elasticsearch that gives
 * them to indexes made from now on out.
 */
public final class LoadIndexTemplates {
  private LoadIndexTemplates() {}

  public static void main(String[] args) {
    Exit.with(() -> run(System.getenv()));
  }

  static Exit.Outcome run(Map<String, String> environment) {
    ElasticsearchSettings settings = ElasticsearchSettings.of(environment);
    try (ElasticsearchClient elasticsearch = ElasticsearchClient.open(settings)) {
      String version = elasticsearch.version();
      IndexTemplates.load(elasticsearch);
      return new Exit.Outcome(
          Exit.DONE,
          "loaded the templates of %s into Elasticsearch %s at %s; indexes that are there already keep their types"
              .formatted(String.join(", ", IndexTemplates.NAMES), version, settings.uri()));
    }
  }
}
