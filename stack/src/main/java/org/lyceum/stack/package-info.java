/**
 * The engines of a lake on one machine. A folder and two ports enter; a catalog and a Trino that
 * answer, or one sentence that says why not, leave. What the tables are, and what runs on them,
 * does not belong here: this room depends on no other.
 */
package org.lyceum.stack;
