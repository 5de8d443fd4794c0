package org.lyceum.transforms.opencast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ContractFields;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.EventTime;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonRecord;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;
import org.lyceum.transforms.parse.RecordParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * One user action of {@code usertracking/actions.json} in, a row of {@code
 * events.opencast_useraction} out. For one thread.
 */
public final class OpencastActionParser implements RecordParser {
  private static final int VERSION = 1;

  /** The player of a live stream says this, older hosts the number, where others say playing. */
  private static final String LIVE = "live";

  private static final long LIVE_STATE = 2;

  private final String feed;
  private final Contract contract = Contracts.of("events.opencast_useraction");
  private final ContractFields fields =
      new ContractFields(
          contract,
          Map.of("/isPlaying", this::fillPlaying, "/sessionId/userIp", this::fillAddresses));
  private final JsonRecord json = new JsonRecord(fields.names());
  private final JsonValues values = new JsonValues();
  private final EventKey key = new EventKey(contract.name());

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int actionId = contract.ordinal("action_id");
  private final int created = contract.ordinal("created");
  private final int ip = contract.ordinal("ip");
  private final int proxies = contract.ordinal("proxies");
  private final int actionIsPlaying = contract.ordinal("action_is_playing");
  private final int isLive = contract.ordinal("is_live");

  /** Actions of a feed, which is part of their key. */
  public OpencastActionParser(String feed) {
    this.feed = feed;
  }

  @Override
  public Contract contract() {
    return contract;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public Verdict parse(byte[] buffer, int offset, int length, Row row) {
    Verdict read = json.read(buffer, offset, length);
    return read.kind() == Verdict.Kind.PARSED ? object(json.tape(), row) : read;
  }

  private Verdict object(JsonTape object, Row row) {
    fields.fill(row, object);
    if (fields.isLeftOut(object, created)) {
      return Verdict.failed(FailureCode.NO_TIME, "The field created is absent, null or blank.");
    }
    long micros = EventTime.micros(object, fields.node(created));
    if (micros == EventTime.NONE) {
      return Verdict.failed(FailureCode.BAD_TIME, "No time can be read from the field created.");
    }
    Long id = (Long) row.get(actionId);
    if (id == null || id < 0) {
      return Verdict.failedAt(
          micros, FailureCode.NO_KEY, "The field id is no whole number that can be a key.");
    }
    row.set(occurredAt, micros);
    row.set(eventId, key.id(feed, Long.toString(id)));
    return Verdict.PARSED;
  }

  /** The numbers 0 (paused), 1 (playing) and 2 (live) are given back; other spellings are kept. */
  private boolean fillPlaying(Row row, JsonTape tape, int node) {
    Long state = values.integer(tape, node);
    boolean isNumber = values.isWhole();
    if (state == null) {
      state = state(tape, node);
    }
    if (state == null || state < 0 || state > LIVE_STATE) {
      return false;
    }
    row.set(actionIsPlaying, state > 0);
    row.set(isLive, state == LIVE_STATE ? 1 : 0);
    return isNumber;
  }

  /** What true, false and live mean, as words or as JSON has them; null for anything else. */
  private Long state(JsonTape tape, int node) {
    Boolean flag = values.bool(tape, node);
    Utf8 word = values.trimmed(tape, node);
    String text = word == null ? String.valueOf(flag) : word.toString().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "false" -> 0L;
      case "true" -> 1L;
      case LIVE -> LIVE_STATE;
      default -> null;
    };
  }

  /** Takes apart what X-Forwarded-For left: the user's address, and those of proxies. */
  private boolean fillAddresses(Row row, JsonTape tape, int node) {
    Utf8 text = values.text(tape, node);
    if (text == null) {
      return false;
    }
    boolean isWhole = values.isWhole();
    String[] addresses =
        Stream.of(text.toString().split(",", -1)).map(String::strip).toArray(String[]::new);
    String rest = Arrays.stream(addresses, 1, addresses.length).collect(Collectors.joining(", "));
    row.set(ip, addresses[0].isEmpty() ? null : new Utf8(addresses[0]));
    row.set(proxies, rest.isBlank() ? null : new Utf8(rest));
    return isWhole
        && !addresses[0].isEmpty()
        && rest.isBlank() == (addresses.length == 1)
        && String.join(", ", addresses).equals(text.toString());
  }
}
