package org.lyceum.transforms.documents;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** A document between workers: index, id, body as JSON. Numbers keep all their digits. */
public final class DocumentCoder extends CustomCoder<Document> {
  private static final DocumentCoder INSTANCE = new DocumentCoder();
  private static final Coder<String> TEXT = StringUtf8Coder.of();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private DocumentCoder() {}

  public static DocumentCoder of() {
    return INSTANCE;
  }

  /** By which Beam finds it. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(Document.class), INSTANCE);
  }

  @Override
  public void encode(Document document, OutputStream out) throws IOException {
    TEXT.encode(document.index(), out);
    TEXT.encode(document.id(), out);
    TEXT.encode(JSON.writeValueAsString(document.body()), out);
  }

  @Override
  public Document decode(InputStream in) throws IOException {
    String index = TEXT.decode(in);
    String id = TEXT.decode(in);
    JsonNode body = JSON.readTree(TEXT.decode(in));
    if (body instanceof ObjectNode object) {
      return new Document(index, id, object);
    }
    throw new CoderException("a document's body is a JSON object");
  }

  /** The same body gives the same text. */
  @Override
  public void verifyDeterministic() {}

  /** A body that came back need not have its numbers in the same classes, but has the same text. */
  @Override
  public Object structuralValue(Document document) {
    return List.of(document.index(), document.id(), document.body().toString());
  }
}
