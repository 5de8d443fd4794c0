package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.TestElasticsearch;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LoadIndexTemplatesIT {

  @Test
  void loadsTheTemplatesOfAllIndexesOnceAndAgain() {
    TestElasticsearch node = TestElasticsearch.shared();
    Map<String, String> environment = Map.of("ES_HOST", node.uri().getAuthority());
    Exit.Outcome first = LoadIndexTemplates.run(environment);
    assertEquals(first, LoadIndexTemplates.run(environment));
    assertEquals(
        new Exit.Outcome(
            Exit.DONE,
            "loaded the templates of useractions, episodes, meetings, sessions into Elasticsearch"
                + " 7.10.2 at "
                + node.uri()
                + "; indexes that are there already keep their types"),
        first);
    try (HttpSession session = HttpSession.open(HttpSettings.defaults(), HttpAuth.none())) {
      var templates = session.get(node.uri().resolve("/_index_template/dce-*"), Map.of()).json();
      assertEquals(4, templates.get("index_templates").size());
    }
  }

  @Test
  void withoutAHostNothingIsTried() {
    Refusal refusal = assertThrows(Refusal.class, () -> LoadIndexTemplates.run(Map.of()));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertTrue(refusal.getMessage().startsWith("ES_HOST is blank"), refusal.getMessage());
  }
}
