package org.lyceum.transforms.parse;

import java.util.List;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/** A parser of single records as {@link MessageCases} takes parsers: its message is one record. */
public final class OneRecordParser implements MessageParser {
  private final Contract contract;
  private final int version;
  private final OneRecord parser;
  private final Row row;

  /** One record in, its row and verdict out. */
  @FunctionalInterface
  public interface OneRecord {
    Verdict parse(byte[] record, Row row);
  }

  public OneRecordParser(Contract contract, int version, OneRecord parser) {
    this.contract = contract;
    this.version = version;
    this.parser = parser;
    this.row = Row.of(contract);
  }

  @Override
  public String source() {
    return contract.source();
  }

  @Override
  public List<Contract> contracts() {
    return List.of(contract);
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public void parse(Message message, Verdicts out) {
    byte[] record = message.value();
    Verdict verdict = parser.parse(record, row);
    switch (verdict.kind()) {
      case PARSED -> out.parsed(WHOLE, contract, row);
      case SKIPPED -> out.skipped(WHOLE);
      case FAILED -> out.failed(WHOLE, verdict, record, 0, record.length);
    }
  }

  /** A member of an object, as written; null without, and the whole text where it is no object. */
  public static byte[] member(byte[] record, String name) {
    JsonTape tape = new JsonTape();
    try {
      tape.read(record, 0, record.length);
    } catch (UnreadableJsonException e) {
      return record;
    }
    int member = tape.member(0, name);
    return member < 0 ? null : tape.jsonBytes(member);
  }

  /** The row that has these columns. */
  public static Row row(Contract contract, MessageCases.Told told) {
    Row row = Row.of(contract);
    told.columns().forEach((column, value) -> row.set(contract.ordinal(column), value));
    return row;
  }
}
