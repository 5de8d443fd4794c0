package org.lyceum.transforms.opencast;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.opencast.OpencastEpisode.Generation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Windows and media packages in; actions, episodes and workflows out, each as the bytes that the
 * host sent. Of both generations of the search endpoint. The session says who we are (digest), how
 * fast we ask and how often; every fault is an {@link HttpFailureException}. For many threads.
 *
 * @see <a href="https://docs.opencast.org">Opencast's REST endpoints: usertracking, search,
 *     workflow; {@code start} and {@code end} are harvard-dce's own</a>
 */
public final class OpencastClient {
  private static final Logger LOG = LoggerFactory.getLogger(OpencastClient.class);

  /** Without them a host sends a login page instead of a challenge. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Requested-Auth", "Digest",
          "X-Opencast-Matterhorn-Authorization", "true",
          "Accept", "application/json");

  /** The workflow that publishes a lecture; its operations say when it was live and available. */
  private static final String WORKFLOW = "DCE-archive-publish-external";

  private static final int MOST_READINGS = 5;

  private final HttpSession session;
  private final OpencastHosts hosts;
  private final AtomicBoolean isToldOfNoWorkflows = new AtomicBoolean();

  public OpencastClient(HttpSession session, OpencastHosts hosts) {
    this.session = session;
    this.hosts = hosts;
  }

  /** The host's own time, by which windows end; asks for the actions of a second that has none. */
  public Instant hostTime() {
    HttpReply reply = actionsReply("19700101000000", "19700101000000", 0, 1);
    page(reply);
    return reply
        .date()
        .orElseThrow(() -> reply.unexpected("The host does not say what time it is"));
  }

  /**
   * A page of the actions that hold a window; some lie outside of it.
   *
   * @param offset how many to leave out
   * @param limit most actions of the page
   */
  public ActionPage actions(ActionWindow window, int offset, int limit) {
    return page(actionsReply(window, offset, limit));
  }

  /**
   * All actions that hold a window, page by page; some lie outside of it, and of what comes twice
   * the last counts. Each page begins with the last action of the one before, so that a list that
   * shrank or grew in between is noticed: then it is read again from its beginning. (A list's total
   * cannot tell: hosts may count all they have, which changes all the time.)
   *
   * @param batchSize most actions of a page, at least 2
   * @return how many actions came in the last reading
   * @throws HttpFailureException of kind {@code CHANGED} if the list never stood still
   */
  public long forEachAction(ActionWindow window, int batchSize, ActionSink sink) {
    if (batchSize < 2) {
      throw new IllegalArgumentException("A page has at least 2 actions.");
    }
    for (int reading = 1; ; reading++) {
      HttpReply reply;
      int read = 0;
      String last = null;
      while (true) {
        // From the second page on one more, which is known already.
        reply = actionsReply(window, last == null ? 0 : read - 1, batchSize);
        List<Listed> page = listed(reply);
        if (last == null ? page.isEmpty() : page.size() == 1 && page.get(0).is(last)) {
          return read;
        }
        if (last != null && (page.isEmpty() || !page.get(0).is(last))) {
          break;
        }
        for (Listed action : last == null ? page : page.subList(1, page.size())) {
          sink.action(action.json);
          read++;
        }
        last = page.get(page.size() - 1).identity;
      }
      if (reading == MOST_READINGS) {
        throw reply.changed(reading);
      }
      LOG.warn("The list of actions changed while it was read; reads it again");
      sink.startAgain();
    }
  }

  /** The episode of a media package, deleted ones too; empty if there is none. */
  public Optional<OpencastEpisode> episode(String mpid) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("id", mpid);
    query.put("includeDeleted", "true");
    query.put("admin", "true");
    query.put("limit", "10");
    query.put("offset", "0");
    HttpReply reply = get(hosts.engage(), "/search/episode.json", query);
    ReplyTree tree = new ReplyTree(reply);
    boolean isOld = tree.has("search-results");
    if (!isOld && !tree.has("total") && !tree.has("result")) {
      throw reply.unexpected("The host's reply is of neither generation of the search endpoint");
    }
    List<Integer> results =
        isOld ? tree.all("search-results", "result") : tree.all(ReplyTree.REPLY, "result");
    if (results.size() > 1) {
      results = results.stream().filter(result -> id(tree, result).equals(mpid)).toList();
      if (results.size() != 1) {
        LOG.warn("The search endpoint has several episodes for one media package; takes none");
        return Optional.empty();
      }
    }
    return results.stream()
        .findFirst()
        .map(
            result ->
                new OpencastEpisode(isOld ? Generation.OLD : Generation.NEW, tree.bytes(result)));
  }

  /**
   * The last workflow that published a media package, by its id; empty if there is none, or if the
   * host is so new that it has no such endpoint.
   */
  public Optional<byte[]> workflow(String mpid) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("mp", mpid);
    query.put("state", "SUCCEEDED");
    query.put("workflowdefinition", WORKFLOW);
    query.put("count", "0");
    query.put("startPage", "0");
    HttpReply reply;
    try {
      reply = get(hosts.admin(), "/workflow/instances.json", query);
    } catch (HttpFailureException e) {
      if (e.kind() != HttpFailureException.Kind.NOT_FOUND) {
        throw e;
      }
      if (!isToldOfNoWorkflows.getAndSet(true)) {
        LOG.warn("{} Goes on without workflows.", e.getMessage());
      }
      return Optional.empty();
    }
    ReplyTree tree = new ReplyTree(reply);
    OptionalInt last = OptionalInt.empty();
    long lastId = Long.MIN_VALUE;
    for (int workflow : tree.all("workflows", "workflow")) {
      long id =
          tree.number(workflow, "id")
              .orElseThrow(() -> reply.unexpected("A workflow has no id that is a number"));
      // The host's own order cannot be relied on.
      if (id > lastId) {
        lastId = id;
        last = OptionalInt.of(workflow);
      }
    }
    return last.isPresent() ? Optional.of(tree.bytes(last.getAsInt())) : Optional.empty();
  }

  /** An action and what tells it from others. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
  private record Listed(byte[] json, String identity) {
    boolean is(String other) {
      return identity.equals(other);
    }
  }

  private HttpReply actionsReply(ActionWindow window, int offset, int limit) {
    return actionsReply(
        window.askedStart(hosts.zone()), window.askedEnd(hosts.zone()), offset, limit);
  }

  private HttpReply actionsReply(String start, String end, int offset, int limit) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("start", start);
    query.put("end", end);
    query.put("limit", Integer.toString(limit));
    query.put("offset", Integer.toString(offset));
    return get(hosts.engage(), "/usertracking/actions.json", query);
  }

  private static ActionPage page(HttpReply reply) {
    ReplyTree tree = new ReplyTree(reply);
    OptionalInt actions = tree.root("actions");
    OptionalLong total =
        actions.isPresent() ? tree.number(actions.getAsInt(), "total") : OptionalLong.empty();
    List<byte[]> page = tree.all("actions", "action").stream().map(tree::bytes).toList();
    return new ActionPage(total, page, reply.date());
  }

  private static List<Listed> listed(HttpReply reply) {
    ReplyTree tree = new ReplyTree(reply);
    List<Listed> page = new ArrayList<>();
    for (int action : tree.all("actions", "action")) {
      byte[] json = tree.bytes(action);
      String id = tree.text(action, "id");
      // Of one that is broken all its bytes.
      page.add(new Listed(json, id.isEmpty() ? new String(json, StandardCharsets.UTF_8) : id));
    }
    return page;
  }

  /** The media package's id, where either generation has it. */
  private static String id(ReplyTree tree, int result) {
    String id = tree.text(result, "id");
    if (id.isEmpty() && tree.isObject(result)) {
      OptionalInt mediapackage = tree.member(result, "mediapackage");
      id = mediapackage.isPresent() ? tree.text(mediapackage.getAsInt(), "id") : "";
    }
    return id;
  }

  private HttpReply get(URI base, String path, Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return session.get(URI.create(base + path + "?" + text), HEADERS);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
