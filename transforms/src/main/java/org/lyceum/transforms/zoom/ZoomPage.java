package org.lyceum.transforms.zoom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.UnreadableJsonException;

/**
 * One page of a list.
 *
 * @param next the token of the next page; empty at the end
 * @param total what Zoom says the whole list has; of lists without, nothing
 */
record ZoomPage(List<Listed> records, String next, OptionalLong total) {
  private static final int REPLY = 0;
  private static final int NONE = -1;

  /**
   * A record of a list.
   *
   * @param key what the members that make its key say, in order; empty where one says nothing
   * @param json byte by byte as it was sent
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
  record Listed(List<String> key, byte[] json) {}

  /** A reply in, its page out; every fault is the reply's. */
  static ZoomPage of(HttpReply reply, ZoomList.Question question) {
    JsonTape tape = new JsonTape();
    try {
      tape.read(reply.body(), 0, reply.body().length);
    } catch (UnreadableJsonException e) {
      throw reply.notJson();
    }
    int list = member(tape, REPLY, question.name());
    if (list == NONE || tape.type(list) != JsonTape.Type.ARRAY) {
      throw reply.unexpected("Zoom's reply has no list of " + question.name());
    }
    List<Listed> records = new ArrayList<>();
    for (int record = list + 1; record < tape.after(list); record = tape.after(record)) {
      List<String> key = new ArrayList<>();
      for (String name : question.key()) {
        key.add(text(tape, member(tape, record, name)));
      }
      records.add(
          new Listed(
              List.copyOf(key),
              Arrays.copyOfRange(tape.text(), tape.start(record), tape.end(record))));
    }
    return new ZoomPage(records, text(tape, member(tape, REPLY, "next_page_token")), total(tape));
  }

  private static OptionalLong total(JsonTape tape) {
    String total = text(tape, member(tape, REPLY, "total_records"));
    return total.matches("[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(total))
        : OptionalLong.empty();
  }

  /** The member of that name which counts; {@link #NONE} also where there is no object. */
  private static int member(JsonTape tape, int object, String name) {
    if (tape.type(object) == JsonTape.Type.OBJECT) {
      for (int child = object + 1; child < tape.after(object); child = tape.after(child)) {
        if (tape.name(child).equals(name) && !tape.isOverridden(child)) {
          return child;
        }
      }
    }
    return NONE;
  }

  /** What a string or a number says; empty for anything else. */
  private static String text(JsonTape tape, int node) {
    if (node == NONE) {
      return "";
    }
    return switch (tape.type(node)) {
      case STRING -> {
        ByteBuilder out = new ByteBuilder();
        tape.decode(node, out);
        yield new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
      }
      case NUMBER ->
          new String(
              tape.text(),
              tape.start(node),
              tape.end(node) - tape.start(node),
              StandardCharsets.US_ASCII);
      case OBJECT, ARRAY, NON_FINITE, BOOLEAN, NULL -> "";
    };
  }
}
