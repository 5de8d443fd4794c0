package org.lyceum.transforms.zoom;

/**
 * One who may have hosted meetings.
 *
 * @param json byte by byte as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
public record ZoomUser(String id, byte[] json) {}
