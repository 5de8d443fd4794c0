package org.lyceum.transforms.zoom;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.transforms.parse.JsonTape;

/**
 * The two shapes of Zoom's records: those of the dashboard and those of reports, which name some
 * fields otherwise. A contract says so in its source: {@code /host; report: /user_name}.
 */
enum ZoomForm {
  METRICS,
  REPORT;

  private static final Pattern TWO_SOURCES = Pattern.compile("(\\S+); report: (\\S+)");

  /** As the column form has it. */
  Utf8 text() {
    return new Utf8(name().toLowerCase(Locale.ROOT));
  }

  /** The contract with the sources of this form alone. */
  Contract of(Contract contract) {
    return contract.withColumns(contract.columns().stream().map(this::of).toList());
  }

  private Column of(Column column) {
    Matcher sources = TWO_SOURCES.matcher(column.source());
    return sources.matches()
        ? new Column(
            column.name(),
            column.type(),
            column.required(),
            column.pii(),
            sources.group(this == METRICS ? 1 : 2),
            column.description())
        : column;
  }

  static ZoomForm ofMeeting(JsonTape meeting) {
    return of(
        meeting,
        List.of("host", "email", "participants"),
        List.of("user_name", "user_email", "participants_count", "total_minutes"));
  }

  static ZoomForm ofSession(JsonTape participant) {
    return of(participant, List.of("user_name"), List.of("name", "user_email"));
  }

  private static ZoomForm of(JsonTape record, List<String> metrics, List<String> report) {
    boolean isReport =
        metrics.stream().noneMatch(name -> record.member(0, name) >= 0)
            && report.stream().anyMatch(name -> record.member(0, name) >= 0);
    return isReport ? REPORT : METRICS;
  }
}
