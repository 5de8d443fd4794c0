package org.lyceum.transforms.edx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

class EdxLineMessageParserTest {
  private final EdxLineMessageParser parser = new EdxLineMessageParser();

  /** With and without its line end, a line has the row that it has in a log. */
  @ParameterizedTest
  @MethodSource("org.lyceum.transforms.edx.EdxTrackingLogParserTest#fixtures")
  void aLineIsReadAsInALog(Path fixture) throws IOException {
    byte[] line = Files.readAllBytes(fixture);
    EdxTrackingLogParser lines = new EdxTrackingLogParser();
    Row expected = Row.of(lines.contract());
    Verdict verdict = lines.parse(line, 0, line.length - 1, expected);
    Heard heard = new Heard();
    Message message = MessageCases.message(line);
    parser.parse(message, heard);
    assertEquals(MessageParser.WHOLE, heard.index);
    if (verdict.code() == FailureCode.NO_TIME) {
      assertEquals(Verdict.PARSED, heard.verdict, "a message has a time where a log has none");
      assertEquals(
          message.timestamp(), heard.row.get(lines.contract().ordinal("occurred_at"), Long.class));
      return;
    }
    assertEquals(verdict, heard.verdict);
    if (verdict.kind() == Verdict.Kind.PARSED) {
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i), heard.row.get(i));
      }
    } else if (verdict.kind() == Verdict.Kind.FAILED) {
      assertArrayEquals(line, heard.bytes);
    }
  }

  @Test
  void aMessageWithoutValueIsSkipped() {
    Heard heard = new Heard();
    parser.parse(MessageCases.message((byte[]) null), heard);
    assertEquals(Verdict.SKIPPED, heard.verdict);
  }

  private static final class Heard implements MessageParser.Verdicts {
    private int index;
    private Verdict verdict;
    private Row row;
    private byte[] bytes;

    @Override
    public void parsed(int index, Contract contract, Row row) {
      this.index = index;
      this.row = row;
      verdict = Verdict.PARSED;
    }

    @Override
    public void skipped(int index) {
      this.index = index;
      verdict = Verdict.SKIPPED;
    }

    @Override
    public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
      this.index = index;
      this.verdict = verdict;
      bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    }
  }
}
