package org.lyceum.transforms.banner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.stack.BannerServer;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;

class BannerClientTest {
  private static final String ADA =
      "{\"huid\":\"10000001\",\"status\":\"active\",\"first_name\":\"Ada\",\"mi\":\"B\","
          + "\"last_name\":\"Adams\",\"reg_level\":\"UG\"}";
  private static final CoursePerson ADA_ADAMS =
      new CoursePerson("10000001", "active", "Ada", "B", "Adams", "UG");

  private BannerServer server;
  private HttpSession session;
  private BannerClient client;

  @BeforeEach
  void start() {
    server = BannerServer.start();
    session = HttpSession.open(HttpSettings.defaults().withAttempts(1), HttpAuth.none());
    client = new BannerClient(session, BannerClient.page(server.base()));
  }

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  private List<CoursePerson> people(String reply) {
    server.course("201902", "12345", reply);
    return client.people("201902", "12345");
  }

  private HttpFailureException failure() {
    return assertThrows(HttpFailureException.class, () -> client.people("201902", "12345"));
  }

  @Test
  void oneAndManyAreListedGroupByGroup() {
    assertEquals(List.of(ADA_ADAMS), people("{\"people\":{\"student\":" + ADA + "}}"));
    assertEquals(
        List.of(ADA_ADAMS, new CoursePerson("2", null, null, null, null, null), ADA_ADAMS),
        people(
            "{\"people\":{\"student\":[" + ADA + ",{\"huid\":\"2\"}],\"teacher\":" + ADA + "}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"error\":\"no such course\"}",
        "{\"people\":{}}",
        "{\"people\":[]}",
        "{\"people\":null}",
        "{\"people\":\"\"}",
        "{\"people\":{\"student\":{},\"teacher\":[],\"count\":0,\"note\":\"none\"}}",
        "{\"people\":{\"student\":[{}]}}"
      })
  void noneIsNobody(String reply) {
    assertEquals(List.of(), people(reply));
  }

  @Test
  void aBlankIsNullHoweverItIsSaid() {
    assertEquals(
        List.of(new CoursePerson("10000001", null, null, null, null, null)),
        people(
            "{\"people\":{\"student\":{\"mi\":{},\"status\":null,\"first_name\":\"\","
                + "\"last_name\":[],\"huid\":10000001,\"email\":\"ada@lyceum.example\"}}}"));
  }

  @Test
  void whatIsAskedForIsEncoded() {
    client.people("201902", "1&2 ü");
    assertEquals(
        List.of("/school/__get_course_people.php?fmt=json&term=201902&crn=1%262+%C3%BC"),
        server.requests());
  }

  @ParameterizedTest
  @CsvSource({
    "https://banner.lyceum.example, https://banner.lyceum.example/__get_course_people.php",
    "https://banner.lyceum.example?a=b, https://banner.lyceum.example/__get_course_people.php",
    "http://banner.lyceum.example:8080/, http://banner.lyceum.example:8080/__get_course_people.php",
    "https://banner.lyceum.example/api, https://banner.lyceum.example/__get_course_people.php",
    "https://banner.lyceum.example/api/, https://banner.lyceum.example/api/__get_course_people.php",
    "https://banner.lyceum.example/api/index.php?a=b,"
        + " https://banner.lyceum.example/api/__get_course_people.php"
  })
  void thePageTakesThePlaceOfTheLastPartOfTheBasesPath(URI base, URI page) {
    assertEquals(page, BannerClient.page(base));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "banner.lyceum.example/api/",
        "ftp://banner.lyceum.example/",
        "mailto:banner@lyceum.example",
        "https:///api/",
        "https://frieda:sesame@banner.lyceum.example/"
      })
  void aBaseIsAUrlWithoutUserAndPassword(String base) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> BannerClient.page(URI.create(base)));
    assertTrue(e.getMessage().startsWith("A base URL of Banner is like"), e.getMessage());
    assertFalse(e.getMessage().contains("sesame"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"Ada\"'|The host's reply is no list of people",
        "{\"people\":\"Ada\"}|The host's reply is no list of people",
        "{\"people\":[{\"first_name\":\"Ada\"}]}|The host's reply is no list of people",
        "{\"people\":{\"student\":[\"Ada\"]}}|one is no object",
        "{\"people\":{\"student\":{\"last_name\":{\"text\":\"Ada\"}}}}|The last_name of a person"
      })
  void anotherShapeIsRefusedWithoutItsValues(String reply, String sentence) {
    server.course("201902", "12345", reply);
    HttpFailureException e = failure();
    assertEquals(Kind.UNEXPECTED, e.kind());
    assertTrue(e.getMessage().contains(sentence), e.getMessage());
    assertFalse(e.getMessage().contains("Ada"), e.getMessage());
  }

  @Test
  void aPageOfHtmlIsOneClearFailureWithoutItsText() {
    server.html(true);
    HttpFailureException e = failure();
    assertEquals(Kind.NOT_JSON, e.kind());
    assertTrue(e.getMessage().startsWith("The host replies with a page of HTML"), e.getMessage());
    assertFalse(e.getMessage().contains("Ada"), e.getMessage());
  }

  @Test
  void aPersonShowsNothingAsText() {
    assertEquals("a person of a course", ADA_ADAMS.toString());
  }
}
