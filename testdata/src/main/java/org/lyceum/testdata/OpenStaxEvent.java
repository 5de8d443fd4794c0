package org.lyceum.testdata;

import java.util.Map;

/**
 * One event as the API hands it on.
 *
 * @param type its kind
 * @param key what makes it the same event: session, type and order, or the statement's id
 * @param fields its fields by name in the schema's order; a {@link java.util.UUID} is a fixed of
 *     16, {@code occurred_at} is milliseconds; NULL where the schema allows it
 */
public record OpenStaxEvent(OpenStaxType type, String key, Map<String, Object> fields) {}
