package org.lyceum.transforms.io;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code s3://bucket/prefix} in; all objects below it out, but for those of other days. A page of
 * 1,000 objects takes a tenth of a second, so folders are listed side by side, and folders of other
 * days not at all.
 */
final class S3Listing {
  /** They wait for answers, and do not compute. */
  private static final int THREADS = 16;

  private static final Pattern PART =
      Pattern.compile(".*/year=([0-9]{4})(?:/month=([0-9]{1,2}))?(?:/day=([0-9]{1,2}))?/");

  private final S3Client client;
  private final String bucket;
  private final String top;
  private final FindObjects.Days days;

  private S3Listing(S3Client client, String bucket, String top, FindObjects.Days days) {
    this.client = client;
    this.bucket = bucket;
    this.top = top;
    this.days = days;
  }

  static List<FindObjects.Listed> of(String input, S3Settings settings, FindObjects.Days days) {
    String rest = input.substring(StoredObject.S3.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceAll("/+$", "");
    if (bucket.isEmpty()) {
      throw new Refusal(Exit.WRONG_USE, "input " + input + ": names no bucket");
    }
    String top = prefix.isEmpty() ? "" : prefix + "/";
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    try (S3Client client = settings.open()) {
      return pool.invoke(new S3Listing(client, bucket, top, days).new Folder(top));
    } catch (S3Exception e) {
      throw new Refusal(Exit.WRONG_USE, "input " + input + ": " + why(e), e);
    } finally {
      pool.shutdown();
    }
  }

  private static String why(S3Exception e) {
    return switch (e.statusCode()) {
      case 403 -> "no permission to list it with these keys";
      case 404 -> "no such bucket";
      default -> "it cannot be listed (status " + e.statusCode() + ")";
    };
  }

  /** The objects below one prefix; its folders are listed at the same time. */
  private final class Folder extends RecursiveTask<List<FindObjects.Listed>> {
    private static final long serialVersionUID = 1;
    private final String prefix;

    Folder(String prefix) {
      this.prefix = prefix;
    }

    @Override
    protected List<FindObjects.Listed> compute() {
      List<FindObjects.Listed> found = new ArrayList<>();
      List<Folder> folders = new ArrayList<>();
      ListObjectsV2Request.Builder request =
          ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
      if (!isDay(prefix)) {
        request.delimiter("/");
      }
      for (ListObjectsV2Response page : client.listObjectsV2Paginator(request.build())) {
        for (S3Object each : page.contents()) {
          if (!each.key().endsWith("/")) { // a folder that a console made
            found.add(listed(each));
          }
        }
        for (CommonPrefix each : page.commonPrefixes()) {
          if (mayHold(each.prefix())) {
            folders.add(new Folder(each.prefix()));
          }
        }
      }
      for (Folder folder : invokeAll(folders)) {
        found.addAll(folder.join());
      }
      return found;
    }
  }

  private FindObjects.Listed listed(S3Object object) {
    String path = bucket + "/" + object.key();
    return new FindObjects.Listed(
        StoredObject.S3 + path,
        path,
        object.key().substring(top.length()),
        object.size(),
        version(object));
  }

  /** Some stores give no ETag for some objects: then the time must do. */
  private static String version(S3Object object) {
    return object.eTag() == null
        ? StoredObject.SINCE + object.lastModified().getEpochSecond()
        : object.eTag().replace("\"", "");
  }

  /** Below a day everything is a file's name: one listing is enough. */
  private static boolean isDay(String prefix) {
    Matcher part = PART.matcher("/" + prefix);
    return part.matches() && part.group(3) != null;
  }

  /** Whether there can be one of the days below; what is no date is listed, and reported. */
  private boolean mayHold(String prefix) {
    Matcher part = PART.matcher("/" + prefix);
    if (!part.matches()) {
      return true;
    }
    int year = Integer.parseInt(part.group(1));
    if (part.group(2) == null) {
      return days.overlaps(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }
    int month = Integer.parseInt(part.group(2));
    if (month < 1 || month > 12) {
      return true;
    }
    YearMonth of = YearMonth.of(year, month);
    if (part.group(3) == null) {
      return days.overlaps(of.atDay(1), of.atEndOfMonth());
    }
    int day = Integer.parseInt(part.group(3));
    return !of.isValidDay(day) || days.has(of.atDay(day));
  }
}
