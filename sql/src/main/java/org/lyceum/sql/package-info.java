/**
 * The views of the lake: what they are, publishing them in Trino, and asking one query. Every
 * meaning comes from a view's folder or from the contract of a table that it reads.
 */
package org.lyceum.sql;
