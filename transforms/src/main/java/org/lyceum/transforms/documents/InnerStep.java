package org.lyceum.transforms.documents;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.sqs.SqsIO;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * The step that sends, out of Beam's transform around it: that one gives no output, and so nothing
 * that could be waited for. It is applied to an empty collection of a pipeline that never runs, and
 * its one step taken from there.
 */
final class InnerStep<T> extends Pipeline.PipelineVisitor.Defaults {
  private DoFn<T, Void> found;

  private InnerStep() {}

  static <T> DoFn<T, Void> of(SqsIO.WriteBatches<T> write, PCollection<T> input) {
    Pipeline aside = Pipeline.create(input.getPipeline().getOptions());
    aside.apply(Create.empty(input.getCoder())).apply(write);
    InnerStep<T> visitor = new InnerStep<>();
    aside.traverseTopologically(visitor);
    if (visitor.found == null) {
      throw new IllegalStateException("Beam's SQS IO has no step any more that sends");
    }
    return visitor.found;
  }

  @Override
  @SuppressWarnings("unchecked") // the only step of that class, whose types are these
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> step
        && step.getFn().getClass().getName().startsWith(SqsIO.WriteBatches.class.getName())) {
      found = (DoFn<T, Void>) step.getFn();
    }
  }
}
