/**
 * Commands of the two sides in, figures out: {@code bench <name>.<figure> <x> <unit>}. Each side is
 * a process of its own, measured from outside; what either does is not known here, but for the
 * check that both hold what the generated log holds.
 */
package org.lyceum.bench;
