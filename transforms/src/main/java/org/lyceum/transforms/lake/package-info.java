/**
 * Landed deliveries in, one atomic commit out: replaces exactly their scope, keeps one copy of
 * every event showing, writes the books beside the rows. Uses Iceberg's writers and commit API,
 * nothing below. Knows no source and no runner; Beam stays in the two transforms at its door.
 */
package org.lyceum.transforms.lake;
