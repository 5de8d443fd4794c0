package org.lyceum.transforms.land;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.ParquetRecords;
import org.lyceum.transforms.io.ReadObjects;
import org.lyceum.transforms.io.StoredObject;
import org.lyceum.transforms.io.UnreadableObjectException;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonText;
import org.lyceum.transforms.parse.NotUtf8Exception;
import org.lyceum.transforms.parse.StoredParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * Objects of a storage day in; their rows and failed records in files, and their account, out. The
 * position of a row is its object's name, a colon and its number there.
 *
 * <p>An object that cannot be read gives no row, only one failed record that holds its bytes. A row
 * that fails has no bytes of its own: its record as JSON is kept. An object that is no longer what
 * was listed leaves the day out.
 */
final class LandDay {
  private static final int DIGITS = 10;

  /** Larger objects are read to their end before the first row is written, and then again. */
  private static final int HELD_ROWS = 10_000;

  private static final int HELD_BYTES = 8 << 20;

  private final StoredParser parser;
  private final String feed;
  private final DayPart part;
  private final DeliveryFiles files;
  private final Row row;
  private final ByteBuilder json = new ByteBuilder();
  private byte[] position = {};
  private Utf8 positionText;

  LandDay(DeliveryFiles.Worker worker, StoredParser parser, String feed, DayPart part) {
    this.parser = parser;
    this.feed = feed;
    this.part = part;
    this.files = new DeliveryFiles(worker, parser.source(), feed, part.delivery(), 0);
    this.row = Row.of(parser.contract());
  }

  Landed land(ReadObjects objects) throws IOException {
    List<Landed.Unreadable> unreadable = new ArrayList<>();
    try {
      ReadObjects.ReadAhead read = objects.all(part.objects());
      while (read.next()) {
        StoredObject object = read.object();
        byte[] bytes = null;
        long before = files.read();
        try {
          bytes = read.bytes();
          landObject(object, bytes);
        } catch (UnreadableObjectException e) {
          if (e.code() == FailureCode.CHANGED_WHILE_READ) {
            files.abandon();
            return leftOut(object, e);
          }
          unreadable.add(new Landed.Unreadable(object.name(), e.code(), e.getMessage()));
          files.unreadable(
              object.name(), Verdict.failed(e.code(), e.getMessage()), bytes, object.size());
        }
        files.bytes(object.size());
        Progress.add(object.size(), files.read() - before);
      }
      files.flush();
      return landed(unreadable);
    } catch (IOException | RuntimeException e) {
      files.abandon();
      throw e;
    }
  }

  private void landObject(StoredObject object, byte[] bytes)
      throws UnreadableObjectException, IOException {
    parser.start(object.folder(), object.event(), object.year(), object.month(), object.day());
    begin(object);
    List<Map<String, Object>> held = new ArrayList<>();
    try (ParquetRecords records = ParquetRecords.of(bytes)) {
      boolean isHeld = records.rowCount() <= HELD_ROWS && bytes.length <= HELD_BYTES;
      while (records.next()) {
        if (isHeld) {
          held.add(records.record());
        }
      }
      if (isHeld) {
        for (int i = 0; i < held.size(); i++) {
          land(i, held.get(i));
        }
        return;
      }
    }
    try (ParquetRecords records = ParquetRecords.of(bytes)) {
      while (records.next()) {
        land(records.rowNumber(), records.record());
      }
    }
  }

  private void begin(StoredObject object) {
    byte[] name = object.name().getBytes(StandardCharsets.UTF_8);
    position = Arrays.copyOf(name, name.length + 1 + DIGITS);
    position[name.length] = ':';
    positionText = new Utf8(position);
  }

  private void land(long number, Map<String, Object> record) throws IOException {
    long rest = number;
    for (int i = 1; i <= DIGITS; i++) {
      position[position.length - i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    Verdict verdict = parser.parse(record, row);
    switch (verdict.kind()) {
      case PARSED -> files.parsed(parser.contract(), row, positionText);
      case SKIPPED -> files.skipped();
      case FAILED -> {
        json.clear();
        try {
          JsonText.append(record, json);
        } catch (NotUtf8Exception e) {
          throw new IllegalStateException("text of a record is always UTF-8", e);
        }
        String at = new String(position, StandardCharsets.UTF_8);
        files.failed(at, verdict, json.array(), 0, json.length());
      }
    }
  }

  private Landed landed(List<Landed.Unreadable> unreadable) {
    return new Landed(
        parser.source(),
        feed,
        part.delivery(),
        part.place(),
        part.number(),
        null,
        part.fingerprint(),
        null,
        files.account(),
        files.first(),
        files.last(),
        files.rows(),
        files.failed(),
        unreadable,
        null);
  }

  private Landed leftOut(StoredObject object, UnreadableObjectException e) {
    return new Landed(
        parser.source(),
        feed,
        part.delivery(),
        part.place(),
        part.number(),
        null,
        part.fingerprint(),
        null,
        Landed.Account.NONE,
        null,
        null,
        Map.of(),
        List.of(),
        List.of(),
        new Landed.Fault(e.code(), object.name() + ": " + e.getMessage()));
  }
}
