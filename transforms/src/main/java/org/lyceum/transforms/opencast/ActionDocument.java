package org.lyceum.transforms.opencast;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.iceberg.StructLike;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.RowFields;

/**
 * A row of {@code events.opencast_useraction} and that of its episode in, the user action as SQS,
 * standard output and {@code useractions-*} get it out.
 */
public final class ActionDocument {
  /** What Python made of a user that is not there. */
  private static final String NO_USER = "None";

  private static final Contract ACTION = Contracts.of("events.opencast_useraction");
  private static final Contract EPISODE = Contracts.of("events.opencast_episode");

  private ActionDocument() {}

  /**
   * The document of an action.
   *
   * @param episode empty when the host does not know it; the document then has an empty object
   */
  public static Document of(StructLike action, Optional<? extends StructLike> episode) {
    RowFields row = new RowFields(ACTION, action);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("action_id", row.number("action_id"));
    body.put("timestamp", row.pythonTime("occurred_at"));
    body.put("mpid", row.text("mpid"));
    body.put("session_id", row.text("session_id"));
    String user = row.text("huid");
    body.put("huid", user == null ? NO_USER : user);
    body.put("useragent", row.text("useragent"));
    ObjectNode deed = body.putObject("action");
    deed.put("type", row.text("action_type"));
    deed.put("inpoint", row.number("action_inpoint"));
    deed.put("outpoint", row.number("action_outpoint"));
    deed.put("length", row.number("action_length"));
    deed.put("is_playing", row.flag("action_is_playing"));
    body.put("ip", row.text("ip"));
    putProxies(body, row.text("proxies"));
    body.put("is_live", row.number("is_live"));
    ObjectNode about = body.putObject("episode");
    episode.ifPresent(found -> putEpisode(about, new RowFields(EPISODE, found)));
    return new Document("useractions-" + row.indexDay("occurred_at"), row.text("action_id"), body);
  }

  private static void putProxies(ObjectNode body, String proxies) {
    if (proxies != null) {
      int number = 1;
      for (String proxy : proxies.split(",", -1)) {
        body.put("proxy" + number++, proxy.strip());
      }
    }
  }

  private static void putEpisode(ObjectNode body, RowFields episode) {
    episode.putText(body, "title", "title");
    episode.putNumber(body, "duration", "duration");
    if (episode.time("start") != null) {
      body.put("start", episode.time("start"));
    }
    EpisodeDocument.putSeries(body, episode, "cdn");
    episode.putText(body, "type", "type");
    episode.putText(body, "description", "description");
  }
}
