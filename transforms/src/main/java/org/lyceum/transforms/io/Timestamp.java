package org.lyceum.transforms.io;

import java.util.concurrent.TimeUnit;

/**
 * A moment as a file holds it: so many units since 1970-01-01T00:00:00Z. A column says its unit; it
 * need not be right (seconds have been stored as milliseconds), so it is kept and not converted.
 */
public record Timestamp(long value, TimeUnit unit) {}
