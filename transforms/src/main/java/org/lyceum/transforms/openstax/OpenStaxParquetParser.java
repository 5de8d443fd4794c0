package org.lyceum.transforms.openstax;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.Timestamp;
import org.lyceum.transforms.parse.StoredParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * A record of a stored Parquet file in, the row of its event or statement out. The folder says what
 * it is; year, month and day are the path's, as written. Moments are the numbers that the file
 * holds: a column says its unit, which is not part of the record.
 */
public final class OpenStaxParquetParser implements StoredParser {
  private static final String TIME = "occurred_at";

  private final OpenStaxEventParser events = new OpenStaxEventParser();
  private RecordType type;
  private final Map<TimeUnit, Circumstances> byUnit = new EnumMap<>(TimeUnit.class);
  private String year;
  private String month;
  private String day;

  @Override
  public String source() {
    return "openstax";
  }

  @Override
  public Contract contract() {
    return events.contract();
  }

  @Override
  public int version() {
    return OpenStaxEventParser.VERSION;
  }

  @Override
  public Optional<String> event(String folder) {
    return RecordType.ofFolder(folder).map(known -> known.event().column());
  }

  /** A folder of a version that we do not know has records of its event, of unknown version. */
  @Override
  public void start(String folder, String event, String ofYear, String ofMonth, String ofDay) {
    type =
        RecordType.ofFolder(folder)
            .or(() -> RecordType.ofFolder(event))
            .orElseThrow(() -> new IllegalArgumentException("no type of event: " + event));
    year = ofYear;
    month = ofMonth;
    day = ofDay;
    byUnit.clear();
  }

  @Override
  public Verdict parse(Map<String, Object> record, Row row) {
    TimeUnit unit =
        record.get(TIME) instanceof Timestamp moment ? moment.unit() : TimeUnit.MILLISECONDS;
    record.replaceAll(
        (name, value) -> value instanceof Timestamp moment ? (Object) moment.value() : value);
    return events.parse(record, type, circumstances(unit), row);
  }

  private Circumstances circumstances(TimeUnit unit) {
    return byUnit.computeIfAbsent(unit, any -> new Circumstances(year, month, day, null, unit));
  }
}
