package org.lyceum.pipelines.run;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.furniture.RunId;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.LakeCommit;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.RunInfo;

/** What is needed to take a delivery out, and the sentence that says what that would do. */
public final class Removal {
  private Removal() {}

  /**
   * Finds the delivery.
   *
   * @param feed null to find the one feed that has it
   */
  public static CommitRequest request(
      RESTCatalog catalog, String source, String feed, String delivery, String reason) {
    if (tables(source).isEmpty()) {
      throw new Refusal(Exit.WRONG_USE, "SOURCE=" + source + ": it is one of " + sources());
    }
    Table deliveries = catalog.loadTable(Contracts.of("ops.delivery").identifier());
    Ledger ledger = Ledger.read(deliveries, deliveries.currentSnapshot(), source);
    List<String> feeds = ledger.feedsOf(delivery);
    if (feed == null && feeds.size() > 1) {
      throw new Refusal(
          Exit.WRONG_USE, "delivery " + delivery + " lies in the feeds " + feeds + ": say FEED=");
    }
    if (feed == null ? feeds.isEmpty() : !feeds.contains(feed)) {
      throw new Refusal(
          Exit.WRONG_USE,
          "the lake holds no delivery "
              + delivery
              + (feed == null ? "" : " in feed " + feed)
              + "; make sql Q=\"select * from ops.delivery_state\" lists them");
    }
    RunInfo run =
        new RunInfo(
            RunId.start(),
            "remove",
            "direct",
            System.currentTimeMillis() * 1000,
            Version.current(),
            reason);
    return new CommitRequest(
        run,
        1,
        true,
        source,
        feed == null ? feeds.get(0) : feed,
        CommitRequest.Kind.FILE,
        tables(source),
        0,
        false,
        false,
        List.of(),
        List.of(),
        List.of(new CommitRequest.Removal(delivery)));
  }

  /** The event tables of a source. */
  private static List<String> tables(String source) {
    return Contracts.all().stream()
        .filter(contract -> contract.namespace().equals("events"))
        .filter(contract -> contract.source().equals(source))
        .map(Contract::table)
        .toList();
  }

  private static Set<String> sources() {
    return Contracts.all().stream()
        .filter(contract -> contract.namespace().equals("events"))
        .map(Contract::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many events would no longer show. */
  public static String announce(String delivery, LakeCommit.Result expected) {
    return String.format(
        Locale.ROOT,
        "taking out %s: %,d events no longer show; %,d show from another delivery instead",
        delivery,
        expected.vanishing(),
        expected.shown());
  }
}
