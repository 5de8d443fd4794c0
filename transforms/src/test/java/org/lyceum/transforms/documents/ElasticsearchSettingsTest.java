package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

class ElasticsearchSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:9200, http://localhost:9200",
    "es.lyceum.example, http://es.lyceum.example:9200",
    "http://es.lyceum.example:9201/, http://es.lyceum.example:9201",
    "https://es.lyceum.example, https://es.lyceum.example",
    "https://es.lyceum.example/search/, https://es.lyceum.example/search",
    "es.lyceum.example/search, http://es.lyceum.example:9200/search",
    "' 192.0.2.7:80 ', http://192.0.2.7:80"
  })
  void hostAndPortOrUrl(String host, String uri) {
    assertEquals(uri, ElasticsearchSettings.of(Map.of("ES_HOST", host)).uri().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://es:9200",
        "es one",
        "http://",
        "http://es:9200?secret",
        "https://ada:secret@es.lyceum.example",
        "ada:secret@es.lyceum.example:9200",
        "ada:secret %@es"
      })
  void anythingElseIsRefusedAndNotQuoted(String host) {
    Refusal refusal =
        assertThrows(Refusal.class, () -> ElasticsearchSettings.of(Map.of("ES_HOST", host)));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
  }

  @Test
  void blankSaysWhatIsMissing() {
    Refusal refusal =
        assertThrows(Refusal.class, () -> ElasticsearchSettings.of(Map.of("ES_HOST", " ")));
    assertEquals(
        "ES_HOST is blank: host:port or URL of Elasticsearch, such as localhost:9200",
        refusal.getMessage());
  }

  @Test
  void theHeaderIsThatOfBasicAuthentication() {
    // RFC 7617, section 2
    assertEquals(
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", BasicAuthorization.value("Aladdin", "open sesame"));
    assertEquals("Authorization", new BasicAuthorization().toString());
  }
}
