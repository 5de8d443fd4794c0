package org.lyceum.transforms.land;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a listing gives in, what it gave of each position last out, in the order of reading. A page
 * that shifts while it is read, or a listing that is restarted, gives a record again, perhaps
 * another one by then: they are one record, as read last.
 */
final class LastRead<T> {
  private final Map<String, T> byPosition = new LinkedHashMap<>();

  void add(String position, T read) {
    byPosition.remove(position);
    byPosition.put(position, read);
  }

  Collection<T> all() {
    return byPosition.values();
  }
}
