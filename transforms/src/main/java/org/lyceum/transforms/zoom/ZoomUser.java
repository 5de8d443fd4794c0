package org.lyceum.transforms.zoom;

/**
 * One who may have hosted meetings.
 *
 * @param json byte by byte as it was sent
 */
public record ZoomUser(String id, byte[] json) {}
