package org.lyceum.stack;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Test code, for tests and demonstrations: Banner within this JVM, the one page of it that is asked
 * for the people of a course. What it says of a course is given to it as JSON; of any other it says
 * {@code {}}. It can be told to refuse, and to show a page of HTML instead.
 */
public final class BannerServer implements AutoCloseable {
  private static final String FOLDER = "/school/";
  private static final String PAGE = FOLDER + "__get_course_people.php";

  private final RestServer server = new RestServer(0, this::answer);
  private final Map<String, String> courses = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private boolean isRefusing;
  private boolean isHtml;

  private BannerServer() {}

  /** One on a free port of this machine, that knows no course yet. */
  public static BannerServer start() {
    BannerServer banner = new BannerServer();
    banner.server.up();
    return banner;
  }

  /** Where its pages are, with a slash at its end. */
  public URI base() {
    return server.uri().resolve(FOLDER);
  }

  /**
   * Says this of a course from now on.
   *
   * @param term year and term, such as 201902
   * @param json the whole reply
   */
  public synchronized void course(String term, String crn, String json) {
    courses.put(term + " " + crn, json);
  }

  /** Whether it answers 403. */
  public synchronized void refuse(boolean isRefused) {
    isRefusing = isRefused;
  }

  /** Whether it answers with a page of HTML and status 200. */
  public synchronized void html(boolean isPage) {
    isHtml = isPage;
  }

  /** Every request that came, path and query as they were sent. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Refuses connections from now on. */
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized RestServer.Reply answer(RestServer.Request request) {
    requests.add(request.target());
    if (isRefusing) {
      return reply(403, "text/plain", "Forbidden");
    }
    if (isHtml) {
      return reply(200, "text/html", "<!DOCTYPE html><html><body>Log in, Ada.</body></html>");
    }
    if (!request.path().equals(PAGE) || !request.parameter("fmt").orElse("").equals("json")) {
      return reply(404, "text/plain", "Not found");
    }
    String course =
        request.parameter("term").orElse("") + " " + request.parameter("crn").orElse("");
    return reply(200, "application/json", courses.getOrDefault(course, "{}"));
  }

  private static RestServer.Reply reply(int status, String type, String body) {
    return new RestServer.Reply(status, Instant.now(), Map.of("Content-Type", type), body, false);
  }
}
