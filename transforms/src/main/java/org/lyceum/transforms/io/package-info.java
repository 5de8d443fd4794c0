/**
 * Carries bytes and knows no source: finds files, names and samples logs, reads their lines by byte
 * range or through gzip. Every fault of one file is a {@link
 * org.lyceum.transforms.io.UnreadableLogException}, never a row.
 */
package org.lyceum.transforms.io;
