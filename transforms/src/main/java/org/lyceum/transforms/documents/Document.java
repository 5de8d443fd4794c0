package org.lyceum.transforms.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * What one row is outside the lake.
 *
 * @param index of Elasticsearch that holds it
 * @param id its {@code _id} there, by which a repeated write is the same document
 * @param body as JSON
 */
public record Document(String index, String id, ObjectNode body) implements Serializable {}
