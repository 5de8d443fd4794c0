package org.lyceum.transforms.openstax;

import java.util.List;
import java.util.function.Supplier;
import org.lyceum.catalog.Contract;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;

/**
 * A message with xAPI statements in, their rows out: Avro in the registry's wire format, as the API
 * hands them on, where the message begins with a zero byte; else JSON, as the API gets them, an
 * object or an array. No JSON begins with a zero byte. For one thread.
 */
public final class XapiMessageParser implements MessageParser {
  private final XapiStatementParser json = new XapiStatementParser();
  private final Supplier<MessageParser> makeAvro;
  private MessageParser avro;

  /**
   * A parser for both forms.
   *
   * @param avro makes the parser of Avro messages when the first comes
   */
  public XapiMessageParser(Supplier<MessageParser> avro) {
    this.makeAvro = avro;
  }

  @Override
  public String source() {
    return json.source();
  }

  @Override
  public List<Contract> contracts() {
    return json.contracts();
  }

  @Override
  public int version() {
    return json.version();
  }

  @Override
  public void parse(Message message, Verdicts out) {
    byte[] value = message.value();
    if (value == null || value.length == 0 || value[0] != 0) {
      json.parse(message, out);
      return;
    }
    if (avro == null) {
      avro = makeAvro.get();
    }
    avro.parse(message, out);
  }
}
