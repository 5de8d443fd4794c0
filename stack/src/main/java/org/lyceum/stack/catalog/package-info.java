/**
 * The Iceberg REST catalog of a local lake. Table and view commits enter; metadata files and rows
 * of one SQLite database leave, several tables together or not at all. Data files never pass
 * through here, and nothing of Trino or Beam is on this class path.
 */
package org.lyceum.stack.catalog;
