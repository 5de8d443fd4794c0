package org.lyceum.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A JSON array in, where its elements begin and end out. The whole text is checked, but no node is
 * kept: an array of any size takes two numbers per element.
 */
final class JsonElements {
  private static final int FEW = 1024;

  private int[] starts = new int[FEW];
  private int[] ends = new int[FEW];
  private int size;

  /** Reads a text that begins with a bracket; only white space may follow the array. */
  void read(byte[] text, int start, int end) throws UnreadableJsonException {
    if (starts.length > FEW) {
      starts = new int[FEW];
      ends = new int[FEW];
    }
    size = 0;
    try (JsonParser parser = JsonTape.JSON.createParser(text, start, end - start)) {
      parser.nextToken();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        int at = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        add(start + at, start + (int) parser.currentLocation().getByteOffset());
      }
      int rest = start + (int) parser.currentLocation().getByteOffset();
      JsonTape.refuseText(text, rest, end);
    } catch (JsonProcessingException e) {
      throw JsonTape.unreadable(e, text, start, end, null);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  int size() {
    return size;
  }

  int start(int index) {
    return starts[index];
  }

  /** Where the element ends in the text, exclusive. */
  int end(int index) {
    return ends[index];
  }

  private void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    size++;
  }
}
