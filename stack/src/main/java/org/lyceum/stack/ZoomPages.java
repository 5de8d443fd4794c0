package org.lyceum.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A listing in, the page that was asked for out. A token says where its listing goes on, in the
 * data of the moment: what went away meanwhile shifts the rest. It ends after fifteen minutes.
 */
final class ZoomPages {
  private static final Duration TOKENS_LAST = Duration.ofMinutes(15);
  private static final int DEFAULT_SIZE = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param listing path and question, without the token
   */
  private record Token(String listing, int from, Instant since) {}

  private final InstantSource clock;
  private final Map<String, Token> tokens = new HashMap<>();
  private int overlap;

  ZoomPages(InstantSource clock) {
    this.clock = clock;
  }

  /** Pages after the first repeat so many records of the page before. */
  void overlap(int records) {
    overlap = records;
  }

  /**
   * @param head members that the page begins with, each with its comma
   */
  ZoomReply page(
      String path, Map<String, String> query, String head, String name, List<String> all) {
    int size = DEFAULT_SIZE;
    if (query.containsKey("page_size")) {
      String given = query.get("page_size");
      size = given.matches("[0-9]{1,4}") ? Integer.parseInt(given) : 0;
      if (size < 30 || size > 300) {
        return ZoomReply.error(400, 300, "Invalid page_size: it is from 30 to 300.");
      }
    }
    Map<String, String> question = new TreeMap<>(query);
    String given = question.remove("next_page_token");
    String listing = path + question;
    int from = 0;
    if (given != null && !given.isEmpty()) {
      Token token = tokens.get(given);
      if (token == null
          || !token.listing.equals(listing)
          || clock.instant().isAfter(token.since.plus(TOKENS_LAST))) {
        return ZoomReply.pageTokenEnded();
      }
      from = Math.min(token.from, all.size());
    }
    int to = Math.min(from + size, all.size());
    String next = to < all.size() ? token(listing, Math.max(from + 1, to - overlap)) : "";
    return ZoomReply.ok(
        "{%s\"page_count\":%d,\"page_size\":%d,\"total_records\":%d,\"next_page_token\":%s,\"%s\":[%s]}"
            .formatted(
                head,
                (all.size() + size - 1) / size,
                size,
                all.size(),
                JSON.valueToTree(next),
                name,
                String.join(",", all.subList(from, to))));
  }

  private String token(String listing, int from) {
    String token = "T%04d/+%08x=".formatted(tokens.size(), listing.hashCode());
    tokens.put(token, new Token(listing, from, clock.instant()));
    return token;
  }
}
