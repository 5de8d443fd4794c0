/**
 * Carries bytes and knows no source: finds files, names and samples logs, reads their lines by byte
 * range or through gzip; finds stored objects by the day of their path, reads their bytes from a
 * folder or S3, and the records of Parquet files. Every fault of one file is an {@link
 * org.lyceum.transforms.io.UnreadableLogException} or {@link
 * org.lyceum.transforms.io.UnreadableObjectException}, never a row.
 */
package org.lyceum.transforms.io;
