package org.lyceum.transforms.zoom;

/**
 * What a host planned: his id and the topic of every instance. Personal rooms and instant meetings
 * are not planned.
 *
 * @param id the number that all instances share, as sent
 * @param json byte by byte as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
public record ZoomSeries(String id, byte[] json) {}
