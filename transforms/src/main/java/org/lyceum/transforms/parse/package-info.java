/**
 * Bytes of one record in, its verdict out: the parsers' common shape, the closed list of failure
 * codes, keys of events, and the map from format name to parser. No Beam here, and no files.
 */
package org.lyceum.transforms.parse;
