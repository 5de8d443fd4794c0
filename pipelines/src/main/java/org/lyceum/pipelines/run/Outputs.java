package org.lyceum.pipelines.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.PrintDocuments;
import org.lyceum.transforms.lake.CommitHarvest;
import org.lyceum.transforms.lake.HarvestStep;

/** Where a harvest goes: the lake, and whoever takes its documents. */
public final class Outputs {
  private enum Output {
    LAKE,
    STDOUT
  }

  private final Set<Output> outputs;

  private Outputs(Set<Output> outputs) {
    this.outputs = outputs;
  }

  /**
   * Reads OUTPUT.
   *
   * @param names separated by commas; the lake when blank; {@code -} is standard output
   */
  public static Outputs of(String names) {
    Set<Output> outputs = EnumSet.noneOf(Output.class);
    for (String name : names.strip().split("[,\\s]+", -1)) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "", "lake" -> outputs.add(Output.LAKE);
        case "stdout", "-" -> outputs.add(Output.STDOUT);
        default ->
            throw new Refusal(
                Exit.WRONG_USE, "OUTPUT=" + names + ": lake, stdout, or both with a comma");
      }
    }
    return new Outputs(outputs);
  }

  public boolean hasLake() {
    return outputs.contains(Output.LAKE);
  }

  public boolean hasDocuments() {
    return outputs.stream().anyMatch(output -> output != Output.LAKE);
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

  /** One more output is one more here: what it gives is done when all documents are sent. */
  private List<PCollection<?>> send(PCollection<Document> documents) {
    List<PCollection<?>> sent = new ArrayList<>();
    if (outputs.contains(Output.STDOUT)) {
      sent.add(documents.apply("PrintDocuments", PrintDocuments.toStandardOutput()));
    }
    return sent;
  }
}
