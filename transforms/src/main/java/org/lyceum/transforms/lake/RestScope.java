package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.types.Comparators;

/**
 * What a harvest has read to its end, and so replaces: a window of event time, or containers.
 * Whatever lies there goes from the source's event tables, in whichever delivery it stands.
 *
 * @param source whose failed records go
 * @param prefix what the names of the deliveries begin with: failed records of other deliveries
 *     stay, because another listing of the source wrote them
 * @param window of event time, also of failed records; null for containers
 * @param containers what rows stand in whose position is the container's name, or begins with it
 *     and a colon: meetings with their sessions, episodes; null for a window
 */
public record RestScope(String source, String prefix, Window window, Set<String> containers)
    implements Serializable {

  public static RestScope window(String source, String prefix, Instant from, Instant to) {
    return new RestScope(source, prefix, Window.of(from, to), null);
  }

  public static RestScope containers(String source, String prefix, Collection<String> names) {
    return new RestScope(source, prefix, null, new TreeSet<>(names));
  }

  /** The same without some containers. */
  RestScope without(Collection<String> names) {
    Set<String> rest = new TreeSet<>(containers);
    rest.removeAll(names);
    return new RestScope(source, prefix, null, rest);
  }

  /** The same, of these containers alone. */
  RestScope only(Collection<String> names) {
    return new RestScope(source, prefix, null, new TreeSet<>(names));
  }

  /** As the books have it. */
  String text() {
    return window != null ? Window.text(List.of(window)) : "containers " + containers.size();
  }

  boolean covers(Scope.Place place) {
    if (place.source() != null
        && !(place.source().equals(source) && place.delivery().startsWith(prefix))) {
      return false;
    }
    return window == null
        ? container(place.position()) != null
        : place.occurredAt() != null && window.contains(place.occurredAt());
  }

  /** The container that a position lies in; null when none of these. */
  String container(String position) {
    if (containers.contains(position)) {
      return position;
    }
    for (int end = position.indexOf(':'); end >= 0; end = position.indexOf(':', end + 1)) {
      if (containers.contains(position.substring(0, end))) {
        return position.substring(0, end);
      }
    }
    return null;
  }

  Scope.Cover cover(Scope.Bounds file) {
    boolean isOne = file.feed() != null && isEqual(file.firstDelivery(), file.lastDelivery());
    if (window != null) {
      if (file.firstAt() == null || file.lastAt() == null) {
        return Scope.Cover.NONE; // no row of it has a time
      }
      if (file.lastAt() < window.from() || file.firstAt() >= window.to()) {
        return Scope.Cover.NONE;
      }
      boolean isWithin = window.contains(file.firstAt()) && window.contains(file.lastAt());
      return isWithin && isOne ? Scope.Cover.ALL : Scope.Cover.PART;
    }
    if (file.first() == null || file.last() == null) {
      return Scope.Cover.PART;
    }
    for (String name : containers) {
      boolean isItself = isEqual(file.first(), name) && isEqual(file.last(), name);
      boolean isParts = file.first().startsWith(name + ":") && file.last().startsWith(name + ":");
      if (isOne && (isItself || isParts)) {
        return Scope.Cover.ALL;
      }
    }
    return containers.stream().anyMatch(name -> mayMeet(file, name))
        ? Scope.Cover.PART
        : Scope.Cover.NONE;
  }

  /** Whether positions from the container's name on, up to its last part, meet a file's. */
  private static boolean mayMeet(Scope.Bounds file, String name) {
    return compare(name, file.last()) <= 0 && compare(file.first(), name + ";") < 0;
  }

  private static int compare(String one, String other) {
    return Comparators.charSequences().compare(one, other);
  }

  private static boolean isEqual(String one, String other) {
    return one != null && one.equals(other);
  }
}
