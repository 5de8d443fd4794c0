/**
 * edX tracking logs: one JSON object a line, written by edx-platform's track and eventtracking,
 * shipped as files. No authentication and no paging; files arrive late, repeated, rotated and
 * zipped; lines of a file are roughly in order of time, and equal events occur in several files.
 * Lines are independent, so files are read in parallel by byte range.
 */
package org.lyceum.transforms.edx;
