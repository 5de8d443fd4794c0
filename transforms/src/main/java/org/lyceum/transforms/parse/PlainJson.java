package org.lyceum.transforms.parse;

/**
 * Writes a value again where its own text cannot stand: NaN and the infinities become strings, of
 * repeated keys only the last stays. Everything else is as it was written.
 */
public final class PlainJson {
  private PlainJson() {}

  public static void write(JsonTape tape, int node, ByteText into) {
    switch (tape.type(node)) {
      case OBJECT -> {
        into.add('{');
        boolean isFirst = true;
        for (int child = tape.firstChild(node); child != JsonTape.NONE; child = tape.next(child)) {
          if (tape.member(node, tape.key(child)) != child) {
            continue;
          }
          if (!isFirst) {
            into.add(',');
          }
          isFirst = false;
          into.add('"');
          JsonStrings.encode(tape.key(child), into);
          into.add('"').add(':');
          write(tape, child, into);
        }
        into.add('}');
      }
      case ARRAY -> {
        into.add('[');
        for (int child = tape.firstChild(node); child != JsonTape.NONE; child = tape.next(child)) {
          write(tape, child, into);
          if (tape.next(child) != JsonTape.NONE) {
            into.add(',');
          }
        }
        into.add(']');
      }
      case NON_FINITE -> into.add('"').add(tape.bytes(), tape.start(node), tape.end(node)).add('"');
      case STRING, NUMBER, TRUE, FALSE, NULL ->
          into.add(tape.bytes(), tape.start(node), tape.end(node));
    }
  }
}
