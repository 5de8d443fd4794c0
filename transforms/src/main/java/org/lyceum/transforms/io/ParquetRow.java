package org.lyceum.transforms.io;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** The columns of a row in, as Parquet's reader hands them over; the row as a map out. */
final class ParquetRow extends RecordMaterializer<Map<String, Object>> {
  private final GroupConverter root;
  private Map<String, Object> row = new LinkedHashMap<>();

  @SuppressWarnings("unchecked") // a record is a map by field
  ParquetRow(MessageType schema) {
    root = new ParquetGroups.OfRecord(schema, made -> row = (Map<String, Object>) made);
  }

  @Override
  public Map<String, Object> getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
