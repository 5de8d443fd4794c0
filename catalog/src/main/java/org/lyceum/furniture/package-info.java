/**
 * What every main has: run id, exit status, one way to refuse, and CSV as standard output has it.
 * Logging is configured beside it, in log4j2.xml: standard error, the run id in every line. Knows
 * nothing of data.
 */
package org.lyceum.furniture;
