package org.lyceum.pipelines.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.ElasticsearchSettings;
import org.lyceum.transforms.documents.PrintDocuments;
import org.lyceum.transforms.documents.QueueSettings;
import org.lyceum.transforms.documents.SendToElasticsearch;
import org.lyceum.transforms.documents.SendToQueue;
import org.lyceum.transforms.lake.CommitHarvest;
import org.lyceum.transforms.lake.HarvestStep;

/** Where a harvest goes: the lake, and whoever takes its documents. */
public final class Outputs {
  private final boolean hasLake;
  private final boolean hasLines;
  private final QueueSettings queue;
  private final ElasticsearchSettings indexes;

  private Outputs(
      boolean hasLake, boolean hasLines, QueueSettings queue, ElasticsearchSettings indexes) {
    this.hasLake = hasLake;
    this.hasLines = hasLines;
    this.queue = queue;
    this.indexes = indexes;
  }

  /**
   * Reads OUTPUT, and for {@code sqs} the settings of the queue.
   *
   * @param names separated by commas; the lake when blank; {@code -} is standard output
   * @throws Refusal when a name is none of them, or the queue has no name
   */
  public static Outputs of(String names, Map<String, String> environment) {
    boolean hasLake = false;
    boolean hasLines = false;
    QueueSettings queue = null;
    for (String name : names.strip().split("[,\\s]+", -1)) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "", "lake" -> hasLake = true;
        case "stdout", "-" -> hasLines = true;
        case "sqs" -> queue = QueueSettings.of(environment);
        default ->
            throw new Refusal(
                Exit.WRONG_USE,
                "OUTPUT=" + names + ": lake, stdout, sqs, or several of them with commas");
      }
    }
    return new Outputs(hasLake, hasLines, queue, null);
  }

  /** The same, and the indexes of Elasticsearch when {@code ES_HOST} says where that is. */
  public static Outputs withIndexes(String names, Map<String, String> environment) {
    Outputs named = of(names, environment);
    return environment.getOrDefault("ES_HOST", "").isBlank()
        ? named
        : new Outputs(
            named.hasLake, named.hasLines, named.queue, ElasticsearchSettings.of(environment));
  }

  public boolean hasLake() {
    return hasLake;
  }

  public boolean hasDocuments() {
    return hasLines || queue != null || indexes != null;
  }

  /**
   * Sends documents to all that take them, and commits when they are sent; who repeats a step sends
   * them again.
   *
   * @param lake null if nothing goes there
   */
  public void sendThenCommit(
      PCollection<Document> documents,
      PCollection<CommitHarvest.Listings> landed,
      Lake lake,
      HarvestStep step) {
    List<PCollection<?>> sent = send(documents);
    PCollection<CommitHarvest.Listings> ready =
        sent.isEmpty() ? landed : landed.apply("WaitForDocuments", Wait.on(sent));
    ready.apply("CommitHarvest", CommitHarvest.to(lake, step));
  }

  /** What each gives is done when it has all documents. */
  private List<PCollection<?>> send(PCollection<Document> documents) {
    List<PCollection<?>> sent = new ArrayList<>();
    if (hasLines) {
      sent.add(documents.apply("PrintDocuments", PrintDocuments.toStandardOutput()));
    }
    if (queue != null) {
      sent.add(documents.apply("SendToQueue", SendToQueue.to(queue)));
    }
    if (indexes != null) {
      sent.add(documents.apply("SendToElasticsearch", SendToElasticsearch.to(indexes)));
    }
    return sent;
  }
}
