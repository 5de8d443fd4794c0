package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.util.List;

/**
 * What a step of a harvest read of one listing, its files written and seen by nobody yet.
 *
 * @param scope what was read to its end
 * @param tables event tables that the listing's rows can lie in
 * @param standings of deliveries that do not just stand complete by the scope
 * @param watermark to move with the commit; null for none
 * @param landed every record that was read
 */
public record Harvested(
    RestScope scope,
    List<String> tables,
    List<RestCommit.Standing> standings,
    RestCommit.Watermark watermark,
    long parserVersion,
    List<Landed> landed)
    implements Serializable {
  public Harvested {
    tables = List.copyOf(tables);
    standings = List.copyOf(standings);
    landed = List.copyOf(landed);
  }
}
