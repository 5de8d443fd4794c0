package org.lyceum.testdata;

import java.util.Map;

/**
 * A generated message, as a producer hands it to a broker.
 *
 * @param source what it belongs to
 * @param topic where it goes
 * @param key null for a message without
 * @param timestamp milliseconds since 1970
 * @param value the bytes; null for a message without any
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
public record JsonMessage(
    JsonSource source,
    String topic,
    String key,
    long timestamp,
    Map<String, String> headers,
    byte[] value) {}
