/**
 * A seed and shares in; logs of any size out, with the truth about them known by construction. The
 * generator reads nothing and parses nothing, so its truth cannot share a mistake with a parser.
 * Fixtures, which prove one case each, are files of their own beside this module's sources.
 */
package org.lyceum.testdata;
