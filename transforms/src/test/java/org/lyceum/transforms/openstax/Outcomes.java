package org.lyceum.transforms.openstax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

/** Hears a parser out. */
final class Outcomes implements MessageParser.Verdicts {

  /**
   * @param row null unless it was parsed
   * @param payload the failed record; null unless it failed
   */
  record Outcome(int index, Verdict verdict, Row row, String payload) {}

  private final List<Outcome> heard = new ArrayList<>();

  static List<Outcome> of(MessageParser parser, byte[] value, Map<String, byte[]> headers) {
    Outcomes outcomes = new Outcomes();
    parser.parse(
        new Message("default", "topic", 0, 7, Fixtures.RECEIVED, headers, value), outcomes);
    return outcomes.heard;
  }

  @Override
  public void parsed(int index, Contract contract, Row row) {
    Row copy = Row.of(contract);
    for (int i = 0; i < row.size(); i++) {
      copy.set(i, row.get(i));
    }
    heard.add(new Outcome(index, Verdict.PARSED, copy, null));
  }

  @Override
  public void skipped(int index) {
    heard.add(new Outcome(index, Verdict.SKIPPED, null, null));
  }

  @Override
  public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
    String payload = new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
    heard.add(new Outcome(index, verdict, null, payload));
  }
}
