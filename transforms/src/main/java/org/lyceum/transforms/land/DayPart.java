package org.lyceum.transforms.land;

import java.io.Serializable;
import java.util.List;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.io.StoredObject;

/**
 * Objects of one storage day of one event type, which is one delivery.
 *
 * @param place of the whole day: its path, the bytes of all its objects, no modification time
 * @param number of the part in its day, from 0
 * @param fingerprint of the whole day
 * @param objects in the order of their names
 */
record DayPart(
    String delivery, LogFile place, int number, String fingerprint, List<StoredObject> objects)
    implements Serializable {
  DayPart {
    objects = List.copyOf(objects);
  }

  long size() {
    return objects.stream().mapToLong(StoredObject::size).sum();
  }
}
