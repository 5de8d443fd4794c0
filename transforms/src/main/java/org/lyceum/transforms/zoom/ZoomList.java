package org.lyceum.transforms.zoom;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.zoom.ZoomPage.Listed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question in, all pages of its list read, its records out. A list is read again from its
 * beginning when its page token ends on the way, when its total changes from page to page, and when
 * fewer records came than the total says; but a list that is twice read alike is what Zoom has,
 * whatever it says its total is.
 */
final class ZoomList {
  private static final Logger LOG = LoggerFactory.getLogger(ZoomList.class);
  private static final int MOST_READINGS = 5;

  /**
   * What is asked, page by page.
   *
   * @param path below the API's base, encoded
   * @param query without page_size and next_page_token
   * @param name of the array in the replies
   * @param key members that make a record's key: of records with one key the one read last counts,
   *     and one in which a member says nothing has none
   */
  record Question(String path, Map<String, String> query, String name, List<String> key) {}

  private final BiFunction<String, Map<String, String>, HttpReply> get;
  private final int pageSize;

  /**
   * @param get path and query in, the reply out
   */
  ZoomList(BiFunction<String, Map<String, String>, HttpReply> get, int pageSize) {
    this.get = get;
    this.pageSize = pageSize;
  }

  /**
   * All records, in the order in which their keys came first.
   *
   * @throws HttpFailureException of kind {@code CHANGED} if no reading was whole
   */
  List<Listed> read(Question question) {
    Reading before = null;
    for (int number = 1; ; number++) {
      Reading reading = new Reading(question);
      String fault;
      try {
        reading.read();
        if (reading.isWhole() || (before != null && reading.isLike(before))) {
          return reading.records();
        }
        before = reading;
        fault = "changed";
      } catch (HttpFailureException e) {
        if (!reading.isUnderWay() || !ZoomErrors.isPageTokenEnded(e)) {
          throw e;
        }
        fault = "outlived its page token";
      }
      if (number == MOST_READINGS) {
        throw reading.last.changed(number);
      }
      LOG.warn("A list of {} {} while it was read; reads it again", question.name(), fault);
    }
  }

  /** One walk from the first page to the last. */
  private final class Reading {
    private final Question question;
    private final Map<Object, Listed> records = new LinkedHashMap<>();
    private HttpReply last;
    private OptionalLong total;
    private boolean isSteady = true;

    Reading(Question question) {
      this.question = question;
    }

    boolean isUnderWay() {
      return last != null;
    }

    void read() {
      Set<String> tokens = new HashSet<>();
      String token = "";
      do {
        Map<String, String> query = new LinkedHashMap<>(question.query());
        query.put("page_size", Integer.toString(pageSize));
        if (!token.isEmpty()) {
          query.put("next_page_token", token);
        }
        HttpReply reply = get.apply(question.path(), query);
        ZoomPage page = ZoomPage.of(reply, question);
        isSteady &= last == null || page.total().equals(total);
        last = reply;
        total = page.total();
        page.records().forEach(this::add);
        token = page.next();
        if (!tokens.add(token)) {
          throw reply.unexpected("Zoom gives the same page token twice");
        }
      } while (!token.isEmpty());
    }

    private void add(Listed record) {
      boolean hasKey = record.key().stream().noneMatch(String::isEmpty);
      Object key = hasKey ? record.key() : records.size();
      records.put(key, record);
    }

    boolean isWhole() {
      return isSteady && (total.isEmpty() || records.size() >= total.getAsLong());
    }

    boolean isLike(Reading other) {
      return isSteady && other.isSteady && records.keySet().equals(other.records.keySet());
    }

    List<Listed> records() {
      return List.copyOf(records.values());
    }
  }
}
