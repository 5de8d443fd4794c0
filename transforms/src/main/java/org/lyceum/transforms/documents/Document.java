package org.lyceum.transforms.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.beam.sdk.coders.DefaultCoder;

/**
 * What one row is outside the lake.
 *
 * @param index of Elasticsearch that holds it
 * @param id its {@code _id} there, by which a repeated write is the same document
 * @param body as JSON
 */
@DefaultCoder(DocumentCoder.class)
public record Document(String index, String id, ObjectNode body) {
  /** The same in another index. */
  public Document in(String otherIndex) {
    return new Document(otherIndex, id, body);
  }
}
