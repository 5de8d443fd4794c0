package org.lyceum.transforms.io;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * A stored file of events as it was listed, placed by its path {@code
 * <root>/<folder>/year=<year>/month=<month>/day=<day>/<name>}.
 *
 * @param uri {@code s3://bucket/key}, or an absolute path
 * @param root bucket and prefix, or the absolute folder, above the event's folder
 * @param folder the event's folder as written, such as {@code created_highlight_2}
 * @param event the event type that the folder stands for, such as {@code created_highlight}
 * @param year as written, like month and day
 * @param date the day of the path, which is the UTC day of storage
 * @param name what is below the day's folder
 * @param version changes with the content: ETag, or a time of last modification
 */
public record StoredObject(
    String uri,
    String root,
    String folder,
    String event,
    String year,
    String month,
    String day,
    LocalDate date,
    String name,
    long size,
    String version)
    implements Serializable {

  public static final String S3 = "s3://";

  /** Begins a version that is a time, seconds since 1970. */
  static final String SINCE = "since-";

  public boolean isS3() {
    return uri.startsWith(S3);
  }

  String bucket() {
    return uri.substring(S3.length(), uri.indexOf('/', S3.length()));
  }

  String key() {
    return uri.substring(uri.indexOf('/', S3.length()) + 1);
  }
}
