/**
 * Contracts in, tables out: reads {@code tables/<namespace>/<table>.yaml}, and creates or
 * additively evolves the Iceberg tables from them. Connects to the catalog. Knows no source and no
 * pipeline.
 */
package org.lyceum.catalog;
