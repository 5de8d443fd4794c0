package org.lyceum.transforms.banner;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.io.http.HttpSession;

/**
 * A term and the number of a course in; the people of the course out, as Banner lists them. Its
 * JSON is made from XML: what is there once is an object, many times a list, and a blank is {@code
 * {}}. The session says how fast Banner is asked; every fault is an {@link HttpFailureException},
 * whose message holds nothing of people.
 */
public final class BannerClient {
  private static final String PAGE = "__get_course_people.php";
  private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");

  private final HttpSession session;
  private final URI page;

  /**
   * @param page see {@link #page}
   */
  public BannerClient(HttpSession session, URI page) {
    this.session = session;
    this.page = page;
  }

  /**
   * The page that tells the people of a course, joined to a base as RFC 3986 (5.2) has it: what
   * stands behind the last slash of the base's path gives way.
   *
   * @param base where Banner's pages are
   * @throws IllegalArgumentException if it is no URL of http or https, or holds user and password
   */
  public static URI page(URI base) {
    boolean isHttp = "http".equalsIgnoreCase(base.getScheme());
    if (!(isHttp || "https".equalsIgnoreCase(base.getScheme()))
        || base.getHost() == null
        || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "A base URL of Banner is like https://banner.lyceum.example/api/, without user and"
              + " password.");
    }
    // URI.resolve alone would write the page's name right behind a host without a path.
    return (base.getRawPath().isEmpty() ? base.resolve("/") : base).resolve(PAGE);
  }

  /**
   * The people of a course, group by group; none if Banner has none.
   *
   * @param term year and term, such as 201902
   * @param crn number of the course in the term
   */
  public List<CoursePerson> people(String term, String crn) {
    String query = "?fmt=json&term=" + encoded(term) + "&crn=" + encoded(crn);
    HttpReply reply = session.get(URI.create(page + query), HEADERS);
    List<CoursePerson> people = new ArrayList<>();
    for (JsonNode group : groups(reply)) {
      if (group.isObject()) {
        add(people, group, reply);
      } else if (group.isArray()) {
        group.forEach(one -> add(people, one, reply));
      }
    }
    return people;
  }

  /** An object without members may come as an empty list, too. */
  private static Iterable<JsonNode> groups(HttpReply reply) {
    JsonNode root = reply.json();
    JsonNode people = root.path("people");
    if (!(root.isObject() || isBlank(root)) || !(people.isObject() || isBlank(people))) {
      throw reply.unexpected("The host's reply is no list of people");
    }
    return people;
  }

  private static void add(List<CoursePerson> people, JsonNode one, HttpReply reply) {
    if (isBlank(one)) {
      return;
    }
    if (!one.isObject()) {
      throw reply.unexpected("In the host's list of people one is no object");
    }
    people.add(
        new CoursePerson(
            text(one, "huid", reply),
            text(one, "status", reply),
            text(one, "first_name", reply),
            text(one, "mi", reply),
            text(one, "last_name", reply),
            text(one, "reg_level", reply)));
  }

  private static String text(JsonNode person, String name, HttpReply reply) {
    JsonNode value = person.path(name);
    if (isBlank(value)) {
      return null;
    }
    if (value.isContainerNode()) {
      throw reply.unexpected("The " + name + " of a person is no text");
    }
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }

  /** Absent, null, and what blanks of XML become. */
  private static boolean isBlank(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
