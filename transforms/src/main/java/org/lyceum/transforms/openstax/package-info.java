/**
 * Records of OpenStax Event Capture in, rows of {@code events.openstax_event} out: reader events
 * and xAPI statements, as stored Parquet, Avro messages or JSON bodies.
 *
 * <p>Delivery: at least once. A client that meets a network error sends the same events again with
 * another time of sending, up to days later; the producer sets no message key, so copies lie in any
 * partition, in no order. Nothing is asked of a service but the schema registry ({@code io}), once
 * for each schema. Plain Java; what is said of JSON, Avro and keys in general is in {@code parse}.
 */
package org.lyceum.transforms.openstax;
