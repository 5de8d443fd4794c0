package org.lyceum.transforms.opencast;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.UnreadableJsonException;

/**
 * A reply made from XML in, its values out: what is there many times is an array, what is there
 * once stands for itself, what is not there is absent, null or empty text; numbers may be text. A
 * reply of another shape is a failure, never taken for one that holds nothing.
 */
final class ReplyTree {
  /** The reply itself, as a node. */
  static final int REPLY = 0;

  private final HttpReply reply;
  private final JsonTape tape = new JsonTape();

  ReplyTree(HttpReply reply) {
    this.reply = reply;
    try {
      tape.read(reply.body(), 0, reply.body().length);
    } catch (UnreadableJsonException e) {
      throw reply.notJson();
    }
    if (tape.type(REPLY) != JsonTape.Type.OBJECT) {
      throw reply.unexpected("The host's reply is JSON, but no object");
    }
  }

  /** A member of an object; empty if it is absent, null or empty text. */
  OptionalInt member(int object, String name) {
    for (int child = object + 1; child < tape.after(object); child = tape.after(child)) {
      if (tape.name(child).equals(name) && !tape.isOverridden(child)) {
        return isNothing(child) ? OptionalInt.empty() : OptionalInt.of(child);
      }
    }
    return OptionalInt.empty();
  }

  /** The object of this name that a reply must have; empty if it is empty text, or null. */
  OptionalInt root(String name) {
    for (int child = REPLY + 1; child < tape.after(REPLY); child = tape.after(child)) {
      if (tape.name(child).equals(name) && !isNothing(child) && !isObject(child)) {
        throw reply.unexpected("In the host's reply " + name + " is no object");
      }
    }
    if (!has(name)) {
      throw reply.unexpected("The host's reply has no " + name);
    }
    return member(REPLY, name);
  }

  /** Whether the reply has a member of this name, whatever it is. */
  boolean has(String name) {
    for (int child = REPLY + 1; child < tape.after(REPLY); child = tape.after(child)) {
      if (tape.name(child).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** What the reply's {@link #root} has under a name: none, one or many. */
  List<Integer> all(String root, String name) {
    OptionalInt object = root(root);
    return object.isEmpty() ? List.of() : all(object.getAsInt(), name);
  }

  /** What an object has under this name: none, one or many. */
  List<Integer> all(int object, String name) {
    OptionalInt found = member(object, name);
    if (found.isEmpty()) {
      return List.of();
    }
    int member = found.getAsInt();
    if (tape.type(member) == JsonTape.Type.OBJECT) {
      return List.of(member);
    }
    if (tape.type(member) != JsonTape.Type.ARRAY) {
      throw reply.unexpected("In the host's reply " + name + " is neither object nor array");
    }
    List<Integer> elements = new ArrayList<>();
    for (int child = member + 1; child < tape.after(member); child = tape.after(child)) {
      elements.add(child);
    }
    return elements;
  }

  boolean isObject(int node) {
    return tape.type(node) == JsonTape.Type.OBJECT;
  }

  /** A value byte by byte. */
  byte[] bytes(int node) {
    return Arrays.copyOfRange(tape.text(), tape.start(node), tape.end(node));
  }

  /** What a member that is text, a number or a boolean says; empty text if it is anything else. */
  String text(int object, String name) {
    OptionalInt found = isObject(object) ? member(object, name) : OptionalInt.empty();
    if (found.isEmpty()) {
      return "";
    }
    int member = found.getAsInt();
    return switch (tape.type(member)) {
      case STRING -> {
        ByteBuilder decoded = new ByteBuilder();
        tape.decode(member, decoded);
        yield new String(decoded.copy(0, decoded.length()), StandardCharsets.UTF_8);
      }
      case NUMBER, BOOLEAN, NON_FINITE -> new String(bytes(member), StandardCharsets.UTF_8);
      case OBJECT, ARRAY, NULL -> "";
    };
  }

  /** A member that is a whole number, as number or text; empty if it is anything else. */
  OptionalLong number(int object, String name) {
    try {
      return OptionalLong.of(new BigDecimal(text(object, name).strip()).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private boolean isNothing(int node) {
    return tape.type(node) == JsonTape.Type.NULL
        || (tape.type(node) == JsonTape.Type.STRING && tape.end(node) - tape.start(node) == 2);
  }
}
