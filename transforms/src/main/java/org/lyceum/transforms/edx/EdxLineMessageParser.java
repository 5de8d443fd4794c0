package org.lyceum.transforms.edx;

import java.util.List;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * A message that is one line of an edX tracking log in, a row of {@code events.edx_tracking_log}
 * out. A line is read as in a log, so that the same event has the same row wherever it comes from;
 * one without a time, which fails in a log, has the message's. For one thread.
 */
public final class EdxLineMessageParser implements MessageParser {
  private final EdxTrackingLogParser lines = new EdxTrackingLogParser();
  private final Row row = Row.of(lines.contract());

  @Override
  public String source() {
    return "edx";
  }

  @Override
  public List<Contract> contracts() {
    return List.of(lines.contract());
  }

  @Override
  public int version() {
    return lines.version();
  }

  @Override
  public void parse(Message message, Verdicts out) {
    byte[] value = message.value();
    if (value == null) {
      out.skipped(WHOLE);
      return;
    }
    Verdict verdict = lines.parse(value, 0, value.length, row, message.timestamp());
    switch (verdict.kind()) {
      case PARSED -> out.parsed(WHOLE, lines.contract(), row);
      case SKIPPED -> out.skipped(WHOLE);
      case FAILED -> out.failed(WHOLE, verdict, value, 0, value.length);
    }
  }
}
