package org.lyceum.pipelines.run;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** What every pipeline is told. */
public interface LyceumOptions extends PipelineOptions {

  @Description(
      "Where to run: direct (this process) or flink (embedded, or the cluster of --flinkMaster).")
  @Default.String("direct")
  String getOn();

  void setOn(String value);

  @Description("Platform that the data comes from.")
  @Default.String("default")
  String getFeed();

  void setFeed(String value);

  @Description("Why this run is made; stands in ops.run.")
  String getReason();

  void setReason(String value);

  @Description("1: read again what the lake holds unchanged.")
  @Default.String("")
  String getForce();

  void setForce(String value);

  @Description("1: accept what would be refused because something in the lake would go.")
  @Default.String("")
  String getReplace();

  void setReplace(String value);

  /** Options of the edX log ingest. */
  interface IngestEdxLogs extends LyceumOptions {
    @Description("Files, folders and globs, separated by commas or white space.")
    @Validation.Required
    String getInput();

    void setInput(String value);

    @Description("Columns to write, separated by commas; all when blank. For benchmarks.")
    @Default.String("")
    String getColumns();

    void setColumns(String value);
  }
}
