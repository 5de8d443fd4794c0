package org.lyceum.transforms.zoom;

/**
 * One past meeting as a list has it.
 *
 * @param uuid empty if the record has none: then nothing more can be asked about it
 * @param json byte by byte as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
public record ZoomMeeting(String uuid, byte[] json) {}
