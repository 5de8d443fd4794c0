package org.lyceum.transforms.opencast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonText;
import org.lyceum.transforms.parse.NotUtf8Exception;

/** The attachments of a media package in, its stills and slides out. For one thread. */
final class AttachmentColumns {
  private static final String SLIDE = "presentation/segment+preview";
  private static final Pattern TIME = Pattern.compile("time=([^;]+)");

  private final EpisodeValues values;
  private final ByteBuilder json = new ByteBuilder();
  private final int presenterStill;
  private final int presentationStill;
  private final int slides;

  AttachmentColumns(Contract contract, EpisodeValues values) {
    this.values = values;
    this.presenterStill = contract.ordinal("presenter_still");
    this.presentationStill = contract.ordinal("presentation_still");
    this.slides = contract.ordinal("slides");
  }

  /** Without attachments ({@code ""} for an empty element) the columns stay NULL. */
  void fill(Row row, JsonTape tape, int media) {
    int all = values.member(tape, media, "attachments");
    if (all == EpisodeValues.NONE || tape.type(all) != JsonTape.Type.OBJECT) {
      return;
    }
    List<Map<String, Object>> found = new ArrayList<>();
    for (int attachment : values.oneOrMany(tape, values.member(tape, all, "attachment"))) {
      Utf8 type = text(tape, attachment, "type");
      Utf8 url = text(tape, attachment, "url");
      switch (type == null ? "" : type.toString()) {
        case "presenter/player+preview" -> setFirst(row, presenterStill, url);
        case "presentation/player+preview" -> setFirst(row, presentationStill, url);
        case SLIDE -> found.add(slide(url, text(tape, attachment, "ref")));
        default -> {} // other pictures and texts, which the media package keeps
      }
    }
    row.set(slides, json(found));
  }

  private static void setFirst(Row row, int ordinal, Utf8 url) {
    if (row.get(ordinal) == null) {
      row.set(ordinal, url);
    }
  }

  /** Its picture and time, as far as it has them. */
  private static Map<String, Object> slide(Utf8 url, Utf8 ref) {
    Map<String, Object> slide = new LinkedHashMap<>();
    if (url != null) {
      slide.put("img", url);
    }
    Matcher time = TIME.matcher(ref == null ? "" : ref.toString());
    if (time.find()) {
      slide.put("time", time.group(1));
    }
    return slide;
  }

  private Utf8 json(List<Map<String, Object>> found) {
    json.clear();
    try {
      JsonText.append(found, json);
    } catch (NotUtf8Exception e) {
      throw new IllegalStateException("values of a tape are UTF-8", e);
    }
    return new Utf8(json.copy(0, json.length()));
  }

  private Utf8 text(JsonTape tape, int object, String name) {
    return values.text(tape, values.member(tape, object, name));
  }
}
