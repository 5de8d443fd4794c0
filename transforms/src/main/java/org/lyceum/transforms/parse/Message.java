package org.lyceum.transforms.parse;

import java.util.Map;

/**
 * One message of a topic, as the broker gave it.
 *
 * @param value the bytes; null for a message without any
 * @param timestamp the broker's timestamp of it, microseconds since 1970
 * @param headers by name; of repeated names the last
 */
@SuppressWarnings(
    "ArrayRecordComponent") // never compared; a copy of 20 MB would cost more than it protects
public record Message(
    String feed,
    String topic,
    int partition,
    long offset,
    long timestamp,
    Map<String, byte[]> headers,
    byte[] value) {}
