package org.lyceum.transforms.documents;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Documents in, a line of JSON for each on the worker's standard output; the same documents out,
 * once they are printed.
 */
public final class PrintDocuments
    extends PTransform<PCollection<Document>, PCollection<Document>> {
  private static final long serialVersionUID = 1;

  private PrintDocuments() {}

  public static PrintDocuments toStandardOutput() {
    return new PrintDocuments();
  }

  @Override
  public PCollection<Document> expand(PCollection<Document> documents) {
    return documents.apply("Print", ParDo.of(new PrintFn()));
  }

  private static final class PrintFn extends DoFn<Document, Document> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void print(@Element Document document, OutputReceiver<Document> out) {
      System.out.println(document.body());
      out.output(document);
    }
  }
}
