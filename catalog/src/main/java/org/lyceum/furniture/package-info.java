/**
 * What every main has: run id, exit status, and one way to refuse. Logging is configured beside it,
 * in log4j2.xml: standard error, the run id in every line. Knows nothing of data.
 */
package org.lyceum.furniture;
