package org.lyceum.transforms.zoom;

/**
 * One past meeting as a list has it.
 *
 * @param uuid empty if the record has none: then nothing more can be asked about it
 * @param json byte by byte as it was sent
 */
public record ZoomMeeting(String uuid, byte[] json) {}
